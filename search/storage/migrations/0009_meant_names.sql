-- 9  2026-11  Whom a bare surname, or a role with a place, means in its own document.

CREATE TABLE meant_names (
    quote INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    why TEXT NOT NULL,
    chance REAL NOT NULL
);
CREATE INDEX meant_names_name ON meant_names (name);
