-- 8  2026-11  Corrections of people in one place, each with name and reason; the quotes as they were read beside them.

CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    made TEXT NOT NULL,
    person TEXT NOT NULL,
    reason TEXT NOT NULL,
    quotes TEXT NOT NULL,
    names TEXT NOT NULL,
    undone TEXT,
    undone_by TEXT NOT NULL,
    undone_reason TEXT NOT NULL,
    digest INTEGER NOT NULL,
    settled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX corrections_made ON corrections (made);
CREATE INDEX corrections_unsettled ON corrections (settled) WHERE settled = 0;
CREATE TABLE correction_keys (key TEXT NOT NULL, correction TEXT NOT NULL, PRIMARY KEY (key, correction)) WITHOUT ROWID;
CREATE TABLE original_quotes (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    url TEXT,
    row TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    digest INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX original_quotes_document ON original_quotes (document_id);

-- What was decided until now becomes a correction without a name, of the first quote of each of the two versions.
CREATE TEMP TABLE named_decisions AS
    SELECT a || b AS id, a, b, CASE together WHEN 1 THEN 'join' ELSE 'split' END AS kind,
        json_group_array(json(quote)) FILTER (WHERE quote IS NOT NULL) AS quotes
    FROM (
        SELECT decisions.a, decisions.b, decisions.together, CASE WHEN quotes.id IS NOT NULL THEN json_array(
            quotes.id, coalesce(quotes.document_id, ''), coalesce(quotes.url, ''), quotes.text,
            substr(coalesce(quotes.before, ''), -60), substr(coalesce(quotes.after, ''), 1, 60)
        ) END AS quote
        FROM decisions LEFT JOIN versions ON versions.fingerprint IN (decisions.a, decisions.b)
        LEFT JOIN quotes ON quotes.number = (SELECT min(quote) FROM quote_versions WHERE version = versions.id)
    )
    GROUP BY a, b, together;
INSERT INTO corrections
    SELECT id, kind, '2026-11-01T00:00:00.000000Z', '', '', quotes, '[]', NULL, '', '',
        row_digest(id, kind, '2026-11-01T00:00:00.000000Z', '', '', quotes, '[]', NULL, '', ''), 1
    FROM named_decisions;
INSERT OR IGNORE INTO correction_keys
    SELECT json_extract(named.value, '$[' || place.value || ']'), named_decisions.id
    FROM named_decisions, json_each(named_decisions.quotes) AS named, json_each('[0, 1, 2]') AS place
    WHERE json_extract(named.value, '$[' || place.value || ']') != '';
DROP TABLE named_decisions;

CREATE TABLE new_decisions (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    together INTEGER NOT NULL,
    correction TEXT NOT NULL,
    digest INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (a, b, correction)
) WITHOUT ROWID;
INSERT INTO new_decisions
    SELECT a, b, together, a || b, row_digest(a, b, together, a || b) FROM decisions;
DROP TABLE decisions;
ALTER TABLE new_decisions RENAME TO decisions;
