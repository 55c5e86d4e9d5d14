-- 3  2026-11  The mission's words: a wording is a version, a group of them an utterance, a reading an analysed quote.

-- An archive of format 2 has this table from the first time on that it was opened by a program which keeps stems.
CREATE TABLE IF NOT EXISTS readings (quote INTEGER PRIMARY KEY, words TEXT NOT NULL, around TEXT NOT NULL);
ALTER TABLE readings RENAME TO analysed_quotes;
ALTER TABLE analysed_quotes RENAME COLUMN words TO stems;

DROP INDEX wordings_version;
ALTER TABLE wordings RENAME TO versions;
ALTER TABLE versions RENAME COLUMN weight TO nats;
ALTER TABLE versions RENAME COLUMN version TO utterance;
CREATE INDEX versions_utterance ON versions (utterance);

DROP INDEX worded_wording;
ALTER TABLE worded RENAME TO quote_versions;
ALTER TABLE quote_versions RENAME COLUMN wording TO version;
CREATE INDEX quote_versions_version ON quote_versions (version);

ALTER TABLE links RENAME COLUMN part TO contained;
ALTER TABLE pins RENAME TO decisions;

UPDATE meta SET key = 'utterances_position' WHERE key = 'versions_position';
UPDATE meta SET key = 'decision_count' WHERE key = 'decisions';
