-- 4  2026-11  Deletions are remembered, and paragraphs that an outlet prints again and again are counted.

CREATE TABLE deleted_documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    deleted TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE paragraphs (
    outlet TEXT NOT NULL,
    digest TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (outlet, digest)
) WITHOUT ROWID;
