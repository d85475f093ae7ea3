SELECT TOP (10) [a], [b] FROM [dbo].[t] WITH (NOLOCK) WHERE [c] = @P0 ORDER BY [a]
====
SELECT a FROM t ORDER BY a OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY
====
INSERT INTO t (a) OUTPUT inserted.id VALUES (?)
====
UPDATE t SET a = 1 OUTPUT deleted.a WHERE id = 1
====
DELETE TOP (5) FROM t WHERE id = 1
====
UPDATE x SET x.a = u.a FROM t x INNER JOIN u ON x.id = u.id WHERE u.b = 1
====
DELETE x FROM t x INNER JOIN u ON x.id = u.id WHERE u.b = 1
====
MERGE INTO t AS a USING (SELECT 1 AS id) AS b ON a.id = b.id WHEN MATCHED THEN UPDATE SET a.x = 1 WHEN NOT MATCHED THEN INSERT (id) VALUES (b.id);
====
SELECT * FROM t CROSS APPLY (SELECT TOP 1 * FROM u WHERE u.id = t.id) x OUTER APPLY STRING_SPLIT(t.c, ',') s
====
SELECT CONVERT(varchar(10), a, 120), ISNULL(b, 0), CAST(c AS nvarchar(max)), IIF(d > 1, 'x', 'y'), GETDATE(), a + '' + b FROM t
====
SELECT * FROM t FOR JSON PATH
====
SELECT * FROM t FOR XML PATH('x'), ROOT('y')
====
SELECT * FROM t PIVOT (SUM(a) FOR b IN ([x], [y])) AS p
====
SELECT SCOPE_IDENTITY()
====
SELECT @@IDENTITY AS id, @@ROWCOUNT
====
SELECT name FROM sys.tables WHERE object_id = OBJECT_ID(N'dbo.t')
====
SELECT a, SUM(b) OVER (PARTITION BY c ORDER BY d ROWS UNBOUNDED PRECEDING) FROM t OPTION (RECOMPILE)
====
CREATE TABLE [dbo].[t] ([id] int IDENTITY(1,1) NOT NULL PRIMARY KEY CLUSTERED, [a] nvarchar(50) NULL DEFAULT (N'x'))
====
ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (id) ON UPDATE CASCADE
====
CREATE VIEW v AS SELECT a FROM t
====
SET NOCOUNT ON
====
SET ANSI_NULLS ON
====
SET LOCK_TIMEOUT 1000
====
SET DATEFORMAT dmy
====
USE master
====
BEGIN TRANSACTION
====
COMMIT TRAN
====
select default_schema_name from sys.database_principals where name = user_name()
====
SELECT a.[update], b.[delete] FROM a, b WHERE a.x = b.x
====
SELECT * FROM (VALUES (1, 2), (3, 4)) AS v (a, b)
====
WITH x AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM x
====
WITH x AS (SELECT 1 AS a) UPDATE t SET b = 1 FROM t JOIN x ON x.a = t.a WHERE t.c = 1
====
EXEC sp_columns @table_name = N't'
====
{call dbo.p(?, ?)}
====
EXEC dbo.p @a = 1, @b = 'x'
