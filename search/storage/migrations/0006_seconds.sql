-- 6  2026-11  A quote of a recording knows its second.

ALTER TABLE quotes ADD COLUMN second;
