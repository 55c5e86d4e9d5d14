-- 10  2026-11  What stands in a document stands once; texts are packed; what people told of others has digests.

-- Where a disk has changed a row it must not be taken for one that was written: -1 is no digest.

CREATE TABLE document_texts (
    document INTEGER NOT NULL,
    part INTEGER NOT NULL,
    piece BLOB NOT NULL,
    PRIMARY KEY (document, part)
) WITHOUT ROWID;
CREATE TEMP TABLE packed_texts AS SELECT number, pack_text(coalesce(text, '')) AS packed FROM documents;
INSERT INTO document_texts
    WITH RECURSIVE cut (document, part, rest) AS (
        SELECT number, 0, packed FROM packed_texts
        UNION ALL SELECT document, part + 1, substr(rest, 801) FROM cut WHERE length(rest) > 800
    )
    SELECT document, part, substr(rest, 1, 800) FROM cut;

CREATE TEMP TABLE whole_documents AS
    SELECT number, id, text, url, title FROM documents
    WHERE digest = row_digest(
        work, added, id, text, path, url, outlet, title, authors, published, modified, language, flags, regions, provenance
    );
CREATE UNIQUE INDEX temp.whole_documents_id ON whole_documents (id);

CREATE TABLE new_quotes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    added INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT, text TEXT, spans TEXT, kind TEXT, speaker TEXT, role TEXT, mention TEXT, cue TEXT, via TEXT, parent TEXT,
    confidence REAL, method TEXT, scare INTEGER, scare_score REAL, place TEXT, flags TEXT,
    outlet TEXT, url TEXT, title TEXT, published TEXT, language TEXT, before TEXT, after TEXT,
    second REAL,
    words_before INTEGER, words_after INTEGER,
    as_document INTEGER NOT NULL,
    digest INTEGER NOT NULL DEFAULT 0
);
INSERT INTO new_quotes
    SELECT quotes.number, coalesce(CAST(strftime('%s', added) AS INTEGER), 0), quotes.id,
        document_id, quotes.text, spans, kind, speaker, role, mention, cue, via, parent, confidence, method, scare, scare_score,
        place, flags, outlet, quotes.url, quotes.title, published, language, before, after, second,
        words_before(whole.text, spans, before), words_after(whole.text, spans, after),
        whole.id IS NOT NULL AND quotes.url IS whole.url AND quotes.title IS whole.title,
        row_digest(
            added, quotes.id, document_id, quotes.text, spans, kind, speaker, role, mention, cue, via, parent, confidence, method,
            scare, scare_score, place, flags, outlet, quotes.url, quotes.title, published, language, before, after, second
        ) = digest
    FROM quotes LEFT JOIN whole_documents AS whole ON whole.id = document_id ORDER BY quotes.number;
UPDATE new_quotes SET
    before = CASE WHEN words_before IS NULL THEN before END,
    after = CASE WHEN words_after IS NULL THEN after END,
    url = CASE as_document WHEN 0 THEN url END,
    title = CASE as_document WHEN 0 THEN title END;
UPDATE new_quotes SET digest = CASE digest WHEN 0 THEN -1 ELSE row_digest(
    added, id, document_id, text, spans, kind, speaker, role, mention, cue, via, parent, confidence, method, scare,
    scare_score, place, flags, outlet, url, title, published, language, before, after, second,
    words_before, words_after, as_document
) END;
DELETE FROM sqlite_sequence WHERE name = 'new_quotes';
INSERT INTO sqlite_sequence SELECT 'new_quotes', seq FROM sqlite_sequence WHERE name = 'quotes';
DROP TABLE quotes;
ALTER TABLE new_quotes RENAME TO quotes;
CREATE INDEX quotes_document ON quotes (document_id);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE INDEX quotes_outlet ON quotes (outlet);

CREATE TABLE new_documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    work TEXT NOT NULL,
    added TEXT NOT NULL,
    text_digest INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    path TEXT, url TEXT, outlet TEXT, title TEXT, authors TEXT, published TEXT, modified TEXT,
    language TEXT, flags TEXT, regions TEXT, provenance TEXT,
    digest INTEGER NOT NULL DEFAULT 0
);
INSERT INTO new_documents
    SELECT documents.number, work, added, packed_digest(packed), documents.id, path, documents.url, outlet, documents.title, authors,
        published, modified, language, flags, regions, provenance, CASE WHEN whole.id IS NULL THEN -1 ELSE row_digest(
            work, added, packed_digest(packed), documents.id, path, documents.url, outlet, documents.title, authors, published,
            modified, language, flags, regions, provenance
        ) END
    FROM documents JOIN packed_texts USING (number) LEFT JOIN whole_documents AS whole USING (number) ORDER BY documents.number;
DELETE FROM sqlite_sequence WHERE name = 'new_documents';
INSERT INTO sqlite_sequence SELECT 'new_documents', seq FROM sqlite_sequence WHERE name = 'documents';
DROP TABLE documents;
ALTER TABLE new_documents RENAME TO documents;
CREATE INDEX documents_work ON documents (work);
CREATE INDEX documents_path ON documents (path);
DROP TABLE packed_texts;
DROP TABLE whole_documents;

CREATE TABLE new_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL UNIQUE,
    first INTEGER NOT NULL,
    occasion TEXT NOT NULL,
    nats REAL NOT NULL,
    utterance INTEGER NOT NULL
);
INSERT INTO new_versions
    SELECT id, fingerprint, coalesce((SELECT min(quote) FROM quote_versions WHERE version = versions.id), 0),
        occasion, nats, utterance
    FROM versions ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'new_versions';
INSERT INTO sqlite_sequence SELECT 'new_versions', seq FROM sqlite_sequence WHERE name = 'versions';
DROP TABLE versions;
ALTER TABLE new_versions RENAME TO versions;
CREATE INDEX versions_utterance ON versions (utterance);

UPDATE analysed_quotes SET around = code_stems(around);

CREATE TABLE paragraph_outlets (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO paragraph_outlets (name) SELECT DISTINCT outlet FROM paragraphs;
CREATE TABLE new_paragraphs (
    outlet INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (outlet, digest)
) WITHOUT ROWID;
INSERT INTO new_paragraphs
    SELECT number, paragraph_digest(digest), documents FROM paragraphs JOIN paragraph_outlets ON name = outlet;
DROP TABLE paragraphs;
ALTER TABLE new_paragraphs RENAME TO paragraphs;

CREATE TABLE new_deleted_documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    deleted TEXT NOT NULL,
    digest INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO new_deleted_documents SELECT id, path, deleted, row_digest(id, path, deleted) FROM deleted_documents;
DROP TABLE deleted_documents;
ALTER TABLE new_deleted_documents RENAME TO deleted_documents;
CREATE INDEX deleted_documents_path ON deleted_documents (path);

CREATE TABLE new_authority_people (id TEXT PRIMARY KEY, name TEXT NOT NULL, digest INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO new_authority_people SELECT id, name, row_digest(id, name) FROM authority_people;
DROP TABLE authority_people;
ALTER TABLE new_authority_people RENAME TO authority_people;
CREATE TABLE new_authority_names (
    folded TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    digest INTEGER NOT NULL,
    PRIMARY KEY (folded, id)
) WITHOUT ROWID;
INSERT INTO new_authority_names SELECT folded, id, name, row_digest(folded, id, name) FROM authority_names;
DROP TABLE authority_names;
ALTER TABLE new_authority_names RENAME TO authority_names;
CREATE INDEX authority_names_id ON authority_names (id);
CREATE TABLE new_authority_offices (
    id TEXT NOT NULL,
    role TEXT NOT NULL,
    place TEXT NOT NULL,
    start TEXT,
    until TEXT,
    digest INTEGER NOT NULL
);
INSERT INTO new_authority_offices
    SELECT id, role, place, start, until, row_digest(id, role, place, start, until) FROM authority_offices;
DROP TABLE authority_offices;
ALTER TABLE new_authority_offices RENAME TO authority_offices;
CREATE INDEX authority_offices_role ON authority_offices (role);
CREATE INDEX authority_offices_id ON authority_offices (id);
