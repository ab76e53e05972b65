-- The atlas as a database: each name below is told in data/README.md.

CREATE TABLE entity (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, name_ru TEXT, name_zh TEXT,
                     url TEXT NOT NULL);
CREATE TABLE alias (entity TEXT NOT NULL REFERENCES entity, alias TEXT NOT NULL, PRIMARY KEY (entity, alias));
CREATE TABLE fact (id TEXT PRIMARY KEY, entity TEXT NOT NULL REFERENCES entity, field TEXT NOT NULL,
                   value TEXT NOT NULL, code TEXT, refers_to TEXT REFERENCES entity,
                   amount REAL, upper REAL, approximate INTEGER, bound TEXT, unit TEXT,
                   since TEXT, until TEXT, date TEXT, since_day TEXT, until_day TEXT,
                   rank TEXT NOT NULL, confidence TEXT NOT NULL, held INTEGER NOT NULL, note TEXT, url TEXT NOT NULL);
CREATE TABLE attested (fact TEXT NOT NULL REFERENCES fact, day TEXT NOT NULL, PRIMARY KEY (fact, day));
CREATE TABLE source (key TEXT PRIMARY KEY, type TEXT NOT NULL, authors TEXT, editors TEXT, title TEXT,
                     title_in_english TEXT, container TEXT, publisher TEXT, date TEXT, language TEXT, url TEXT,
                     read_on TEXT, doi TEXT, isbn TEXT, tier TEXT, seen TEXT, note TEXT, reference TEXT NOT NULL);
CREATE TABLE citation (fact TEXT NOT NULL REFERENCES fact, place INTEGER NOT NULL,
                       source TEXT NOT NULL REFERENCES source, label TEXT, locator TEXT, PRIMARY KEY (fact, place));
CREATE TABLE gap (entity TEXT NOT NULL REFERENCES entity, field TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE claim (id TEXT PRIMARY KEY, review TEXT NOT NULL REFERENCES entity, part TEXT NOT NULL,
                    place TEXT NOT NULL, claim TEXT NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL,
                    reason TEXT NOT NULL);
CREATE TABLE claim_about (claim TEXT NOT NULL REFERENCES claim, entity TEXT NOT NULL REFERENCES entity,
                          PRIMARY KEY (claim, entity));
CREATE TABLE claim_citation (claim TEXT NOT NULL REFERENCES claim, place INTEGER NOT NULL,
                             source TEXT NOT NULL REFERENCES source, label TEXT, locator TEXT,
                             PRIMARY KEY (claim, place));
CREATE TABLE day (day TEXT PRIMARY KEY);
CREATE VIRTUAL TABLE search USING fts5 (fact UNINDEXED, entity UNINDEXED, name, told);

CREATE INDEX fact_of ON fact (entity, field);
CREATE INDEX citation_of ON citation (source);

-- Who had which status on a day: SELECT state, status FROM membership_on WHERE day = '2018-01-01';
CREATE VIEW membership_on AS
SELECT day.day, fact.entity AS state, fact.code AS status, fact.id AS fact
FROM day JOIN fact ON fact.field = 'status' AND fact.entity LIKE 'states/%' AND fact.held
 AND (fact.since_day IS NULL OR fact.since_day <= day.day) AND (fact.until_day IS NULL OR day.day < fact.until_day);

-- Each citation of a fact with its source.
CREATE VIEW said_by AS
SELECT fact.id AS fact, fact.entity, fact.field, fact.value, citation.label, citation.locator, source.*
FROM fact JOIN citation ON citation.fact = fact.id JOIN source ON source.key = citation.source;

-- Fields of one entity of which sources say different things.
CREATE VIEW disputed AS
SELECT entity, field, id AS fact, value, rank, note FROM fact AS one
WHERE EXISTS (SELECT 1 FROM fact AS other WHERE other.entity = one.entity AND other.field = one.field
              AND other.rank <> 'normal') ORDER BY entity, field, id;
