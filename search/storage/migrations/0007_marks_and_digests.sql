-- 7  2026-11  Each transaction of the log has a mark, by which an index is told from another archive's; rows have digests.

CREATE TABLE log_marks (position INTEGER PRIMARY KEY, mark TEXT NOT NULL);
-- Indexes made until now have no mark, and are of this very log.
INSERT INTO log_marks SELECT max(position), '' FROM log HAVING max(position) IS NOT NULL;

ALTER TABLE documents ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quotes ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE decisions ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
-- The function is the program's own (search.storage.rows).
UPDATE documents SET digest = row_digest(
    work, added, id, text, path, url, outlet, title, authors, published, modified, language, flags, regions, provenance
);
UPDATE quotes SET digest = row_digest(
    added, id, document_id, text, spans, kind, speaker, role, mention, cue, via, parent, confidence, method, scare,
    scare_score, place, flags, outlet, url, title, published, language, before, after,
    second
);
UPDATE decisions SET digest = row_digest(a, b, together);

CREATE INDEX deleted_documents_path ON deleted_documents (path);
