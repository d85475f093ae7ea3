{ call sp_columns(?, ?, ?, ?, ?) }
====
{ call sp_columns_170(?, ?, ?, ?, ?, ?) }
====
EXEC sp_columns_100 ?,?,?,?,?,?;
====
{ call sp_column_privileges(?, ?, ?, ?)}
====
{ call sp_tables(?, ?, ?, ?) }
====
{ call sp_special_columns (?, ?, ?, ?, ?, ?, ?)}
====
{ call sp_special_columns_100 (?, ?, ?, ?, ?, ?, ?)}
====
{ call sp_fkeys (?, ?, ?, ? , ? ,?)}
====
{ call sp_statistics(?,?,?,?,?, ?) }
====
{ call sp_statistics_100(?,?,?,?,?, ?) }
====
EXEC sp_statistics ?,?,?,?,?,?;
====
{ call sp_sproc_columns(?, ?, ?,?,?) }
====
{ call sp_sproc_columns_100(?, ?, ?,?,?) }
====
{call sp_stored_procedures(?, ?, ?) }
====
{call sp_table_privileges(?,?,?) }
====
{ call sp_pkeys (?, ?, ?)}
====
sp_datatype_info_100 @ODBCVer=3
====
sp_datatype_info @ODBCVer=3
====
exec sp_tables '%', 'dbo', null, "'TABLE','VIEW'"
====
exec sys.sp_columns @table_name = N't', @table_owner = N'dbo'
====
SELECT name AS TABLE_CAT FROM sys.databases order by name
====
SELECT 'VIEW' 'TABLE_TYPE' UNION SELECT 'TABLE' UNION SELECT 'SYSTEM TABLE'
====
SELECT SYSTEM_USER
====
SELECT CURRENT_USER
====
select maximum from sys.configurations where name = 'user connections'
====
select name, compatibility_level from sys.databases where name = 'x'
====
select sys.schemas.name 'TABLE_SCHEM', null 'TABLE_CATALOG'   from sys.schemas order by 'TABLE_SCHEM'
====
SELECT cast(NULL as char(1)) as NAME, cast(0 as int) as MAX_LEN, cast(NULL as char(1)) as DEFAULT_VALUE, cast(NULL as char(1)) as DESCRIPTION  where 0 = 1
====
SELECT cast(NULL as char(1)) as TYPE_CAT, cast(NULL as char(1)) as TYPE_SCHEM, cast(NULL as char(1)) as TYPE_NAME, cast(NULL as char(1)) as SUPERTABLE_NAME where 0 = 1
====
SELECT cast(NULL as char(1)) as TYPE_CAT, cast(NULL as char(1)) as TYPE_SCHEM, cast(NULL as char(1)) as TYPE_NAME, cast(NULL as char(1)) as CLASS_NAME, cast(0 as int) as DATA_TYPE, cast(NULL as char(1)) as REMARKS, cast(0 as smallint) as BASE_TYPE where 0 = 1
====
SELECT db_name() AS TABLE_CAT, sch.name AS TABLE_SCHEM, t.name AS TABLE_NAME, CASE WHEN i.is_unique = 1 THEN 0 ELSE 1 END AS NON_UNIQUE, t.name AS INDEX_QUALIFIER, i.name AS INDEX_NAME, i.type AS TYPE, CAST(CASE WHEN i.type IN (5, 6) THEN ic.index_column_id ELSE ic.key_ordinal END AS SMALLINT) AS ORDINAL_POSITION, c.name AS COLUMN_NAME, CASE WHEN ic.is_descending_key = 1 THEN 'D' ELSE 'A' END AS ASC_OR_DESC, NULL AS CARDINALITY, NULL AS PAGES, NULL AS FILTER_CONDITION FROM sys.indexes i INNER JOIN sys.index_columns ic ON i.object_id = ic.object_id AND i.index_id = ic.index_id INNER JOIN sys.columns c ON ic.object_id = c.object_id AND ic.column_id = c.column_id INNER JOIN sys.tables t ON i.object_id = t.object_id INNER JOIN sys.schemas sch ON t.schema_id = sch.schema_id WHERE t.name = ? AND sch.name = ? AND (ic.key_ordinal <> 0 OR i.type IN (5, 6)) ORDER BY NON_UNIQUE, TYPE, INDEX_NAME, ORDINAL_POSITION
====
SELECT s.name AS schema_name, o.name, o.type_desc, o.create_date FROM sys.all_objects o JOIN sys.schemas s ON s.schema_id = o.schema_id WHERE o.type IN ('U', 'V') AND s.name = N'dbo' ORDER BY o.name
====
SELECT c.*, t.name AS type_name, dc.definition, ep.value FROM sys.all_columns c JOIN sys.types t ON t.user_type_id = c.user_type_id LEFT OUTER JOIN sys.default_constraints dc ON dc.object_id = c.default_object_id LEFT OUTER JOIN sys.extended_properties ep ON ep.class = 1 AND ep.major_id = c.object_id AND ep.minor_id = c.column_id AND ep.name = 'MS_Description' WHERE c.object_id = ? ORDER BY c.column_id
====
SELECT sm.definition FROM sys.sql_modules sm WHERE sm.object_id = OBJECT_ID(?)
====
SELECT db_name(), @@VERSION, SERVERPROPERTY('ProductVersion'), schema_name(), original_login()
====
SELECT * FROM sys.dm_exec_sessions WHERE session_id = @@SPID
====
select @@TRANCOUNT
====
SELECT @@MAX_PRECISION
====
SET SHOWPLAN_ALL OFF
====
SELECT * FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'dbo'
====
select fk.name, c.name from sys.foreign_keys fk with (nolock) join sys.foreign_key_columns fkc with (nolock) on fkc.constraint_object_id = fk.object_id join sys.columns c on c.object_id = fkc.parent_object_id and c.column_id = fkc.parent_column_id
