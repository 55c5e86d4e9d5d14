-- The tables of an archive of the newest format. Its number: the last file in migrations/.
-- Lists, spans, regions and provenance are JSON; dates are ISO 8601 as text, so that their order is that of time.

-- What is precious: it cannot be made anew from anything else in here.

CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    work TEXT NOT NULL,                          -- the page that this is an edition of
    added TEXT NOT NULL,                         -- when it was stored, UTC
    text_digest INTEGER NOT NULL,                -- of its text, packed
    id TEXT NOT NULL UNIQUE,
    path TEXT, url TEXT, outlet TEXT, title TEXT, authors TEXT, published TEXT, modified TEXT,
    language TEXT, flags TEXT, regions TEXT, provenance TEXT,
    digest INTEGER NOT NULL DEFAULT 0            -- of all other columns but the number (search.storage.rows)
);
CREATE INDEX documents_work ON documents (work);
CREATE INDEX documents_path ON documents (path);

-- The texts, packed (search.storage.packing.packed_text), in pieces of which several fit on a page.
CREATE TABLE document_texts (
    document INTEGER NOT NULL,                   -- its number
    part INTEGER NOT NULL,
    piece BLOB NOT NULL,
    PRIMARY KEY (document, part)
) WITHOUT ROWID;

CREATE TABLE quotes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,    -- given once: the term index speaks of quotes by it
    added INTEGER NOT NULL,                      -- when it was stored, in seconds since 1970, UTC
    id TEXT NOT NULL UNIQUE,
    document_id TEXT, text TEXT, spans TEXT, kind TEXT, speaker TEXT, role TEXT, mention TEXT, cue TEXT, via TEXT, parent TEXT,
    confidence REAL, method TEXT, scare INTEGER, scare_score REAL, place TEXT, flags TEXT,
    outlet TEXT, url TEXT, title TEXT, published TEXT, language TEXT, before TEXT, after TEXT,
    second REAL,                                 -- of a recording, at which it is said
    words_before INTEGER, words_after INTEGER,   -- of its document, that stand for `before` and `after`; NULL: these are spelled out
    as_document INTEGER NOT NULL,                -- 1: `url` and `title` are its document's (search.storage.packing.document_context)
    digest INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX quotes_document ON quotes (document_id);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE INDEX quotes_outlet ON quotes (outlet);

-- What people corrected (search.corrections.correction). None is deleted; one that was taken back says when and by whom.
CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    made TEXT NOT NULL,                          -- when, UTC: the order in which they count
    person TEXT NOT NULL,
    reason TEXT NOT NULL,
    quotes TEXT NOT NULL,                        -- by document and words, so that they are found after any re-indexing
    names TEXT NOT NULL,
    undone TEXT,
    undone_by TEXT NOT NULL,
    undone_reason TEXT NOT NULL,
    digest INTEGER NOT NULL,
    settled INTEGER NOT NULL                     -- 0: `decisions` has to be made anew from it
) WITHOUT ROWID;
CREATE INDEX corrections_made ON corrections (made);
CREATE INDEX corrections_unsettled ON corrections (settled) WHERE settled = 0;
-- Ids of quotes and documents, and pages, that corrections are of.
CREATE TABLE correction_keys (key TEXT NOT NULL, correction TEXT NOT NULL, PRIMARY KEY (key, correction)) WITHOUT ROWID;

-- Each quote that is corrected now as its document was read: a row of `quotes` as JSON. A hidden one is here alone.
CREATE TABLE original_quotes (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    url TEXT,
    row TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    digest INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX original_quotes_document ON original_quotes (document_id);

-- What corrections say of pairs of versions, named by their fingerprints, so that it holds for whoever prints them.
CREATE TABLE decisions (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    together INTEGER NOT NULL,
    correction TEXT NOT NULL,
    digest INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (a, b, correction)
) WITHOUT ROWID;

-- What people took out, so that reading its file again does not bring it back unasked.
CREATE TABLE deleted_documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    deleted TEXT NOT NULL,                       -- when, UTC
    digest INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX deleted_documents_path ON deleted_documents (path);

-- In how many documents of an outlet a paragraph stands; those seen once are forgotten from time to time.
CREATE TABLE paragraph_outlets (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE paragraphs (
    outlet INTEGER NOT NULL,                     -- its number
    digest INTEGER NOT NULL,                     -- of its words
    documents INTEGER NOT NULL,
    PRIMARY KEY (outlet, digest)
) WITHOUT ROWID;

CREATE TABLE read_files (path TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Quotes added and gone, in order: what is derived reads on from the position that it has come to.
CREATE TABLE log (position INTEGER PRIMARY KEY AUTOINCREMENT, quote INTEGER NOT NULL, gone INTEGER NOT NULL);

-- The last position of each transaction, with a mark that no other transaction of any archive has: what is derived keeps
-- the mark of the transaction that it has come to, so that it is never taken for that of another archive, or of a copy.
CREATE TABLE log_marks (position INTEGER PRIMARY KEY, mark TEXT NOT NULL);

-- What is derived from the quotes.

-- Whom a bare surname, or a role with a place, means in its own document (search.storage.speakers.meant_names): the name that counts
-- for the quote instead of its speaker's.
CREATE TABLE meant_names (
    quote INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    why TEXT NOT NULL,
    chance REAL NOT NULL                         -- that it is right, 0 to 1
);
CREATE INDEX meant_names_name ON meant_names (name);

-- The names of speakers as documents print them, or as their documents mean them, and the keys by which the other names of
-- a person are found.
CREATE TABLE names (
    name TEXT PRIMARY KEY,
    quotes INTEGER NOT NULL,
    documents INTEGER NOT NULL                   -- that have one of these quotes
) WITHOUT ROWID;
CREATE TABLE name_keys (key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;

CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL UNIQUE,
    first INTEGER NOT NULL,                      -- the least number of the quotes that print it: its words and speaker are the version's
    occasion TEXT NOT NULL,
    nats REAL NOT NULL,                          -- the information in its words
    utterance INTEGER NOT NULL                   -- the least id of the versions that belong together
);
CREATE INDEX versions_utterance ON versions (utterance);
CREATE TABLE quote_versions (quote INTEGER PRIMARY KEY, version INTEGER NOT NULL);
CREATE INDEX quote_versions_version ON quote_versions (version);
CREATE TABLE links (
    a INTEGER NOT NULL,                          -- ids of versions, a < b
    b INTEGER NOT NULL,
    score REAL NOT NULL,
    contained INTEGER NOT NULL,                  -- whether one was cut out of the other
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX links_b ON links (b);

-- The stems of a quote, a line each, and of the telling words around it (search.storage.packing.coded_stems).
CREATE TABLE analysed_quotes (quote INTEGER PRIMARY KEY, stems TEXT NOT NULL, around TEXT NOT NULL);

-- What an authority file says that was imported (search.names.authority). It is precious: nothing in here makes it anew.
CREATE TABLE authority_people (id TEXT PRIMARY KEY, name TEXT NOT NULL, digest INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE authority_names (
    folded TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    digest INTEGER NOT NULL,
    PRIMARY KEY (folded, id)
) WITHOUT ROWID;
CREATE INDEX authority_names_id ON authority_names (id);
CREATE TABLE authority_offices (
    id TEXT NOT NULL,
    role TEXT NOT NULL,
    place TEXT NOT NULL,
    start TEXT,
    until TEXT,
    digest INTEGER NOT NULL
);
CREATE INDEX authority_offices_role ON authority_offices (role);
CREATE INDEX authority_offices_id ON authority_offices (id);
