SELECT name FROM sqlite_master WHERE type = 'table'
====
INSERT OR REPLACE INTO t (a) VALUES (1)
====
INSERT OR IGNORE INTO t (a) VALUES (1)
====
UPDATE OR IGNORE t SET a = 1 WHERE id = 1
====
INSERT INTO t (a) VALUES (?1) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE b > 1
====
SELECT a GLOB 'x*', b REGEXP 'y', c || d, typeof(e), strftime('%Y', f), rowid FROM t WHERE g IS NOT h
====
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE) WITHOUT ROWID
====
CREATE VIRTUAL TABLE x USING fts5(a)
====
BEGIN IMMEDIATE
====
BEGIN EXCLUSIVE TRANSACTION
====
END
====
PRAGMA foreign_keys
====
PRAGMA foreign_keys = ON
====
pragma main.table_info("t")
====
SELECT last_insert_rowid(), changes()
====
SELECT * FROM t INDEXED BY i WHERE a = 1
====
SELECT * FROM pragma_table_info('t')
====
SELECT json_extract(a, '$.b'), a ->> 'b' FROM t
====
SELECT 'a' 'b'
====
VACUUM
====
REINDEX
====
DELETE FROM t WHERE rowid = 1
====
SELECT * FROM t LIMIT 5 OFFSET 5
====
SELECT count(*) FILTER (WHERE a > 1) FROM t
