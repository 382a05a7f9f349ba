-- Each audit record's link of the hash chain. Records of before have none: the first link covers
-- them. A table of its own: H2 adds a column by copying the table and dropping the old one, and a
-- start that is cut off between the two leaves neither under its name. Numbers are given by the
-- audit log, no longer here.

CREATE TABLE IF NOT EXISTS audit_link (
  number BIGINT PRIMARY KEY,
  hash VARCHAR NOT NULL
);
DROP TABLE IF EXISTS audit_end;
