-- 5  2026-11  Names are counted, and found by keys that transliterations share, several for a long name.

DROP TABLE names;
CREATE TABLE names (
    name TEXT PRIMARY KEY,
    quotes INTEGER NOT NULL,
    documents INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE name_keys (key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
INSERT INTO names SELECT speaker, count(*), count(DISTINCT document_id) FROM quotes WHERE speaker IS NOT NULL GROUP BY speaker;
-- The function is the program's own (search.storage.database).
INSERT INTO name_keys SELECT DISTINCT value, name FROM names, json_each(keys_of_name(name));

-- What an authority file says that was imported (search.names.authority). It is precious: nothing in here makes it anew.
CREATE TABLE authority_people (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE authority_names (
    folded TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (folded, id)
) WITHOUT ROWID;
CREATE INDEX authority_names_id ON authority_names (id);
CREATE TABLE authority_offices (id TEXT NOT NULL, role TEXT NOT NULL, place TEXT NOT NULL, start TEXT, until TEXT);
CREATE INDEX authority_offices_role ON authority_offices (role);
CREATE INDEX authority_offices_id ON authority_offices (id);
