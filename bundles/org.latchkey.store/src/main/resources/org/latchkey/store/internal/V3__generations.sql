-- Generations live through states, and a phone's key is followed by one of the next generation.
-- A table of its own: H2 copies a table to add a column, and a copy that was cut off is in the way.

CREATE TABLE IF NOT EXISTS generation_state (
  number INTEGER PRIMARY KEY,
  state VARCHAR NOT NULL,
  since TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  compromised BOOLEAN NOT NULL,
  cut_off BOOLEAN NOT NULL
);
-- What a store without states has: the last one issues, those before it verify.
INSERT INTO generation_state (number, state, since, compromised, cut_off)
  SELECT g.number,
         CASE WHEN g.number = (SELECT MAX(m.number) FROM generation m)
              THEN 'ISSUING' ELSE 'VERIFY_ONLY' END,
         g.created_at, FALSE, FALSE
    FROM generation g
   WHERE NOT EXISTS (SELECT 1 FROM generation_state s WHERE s.number = g.number);

-- One enrolment leads to one key of each generation; the enrolment names the newest.
CREATE UNIQUE INDEX IF NOT EXISTS issued_key_of_generation ON issued_key (enrolment, generation);
ALTER TABLE issued_key DROP CONSTRAINT IF EXISTS issued_key_enrolment;
