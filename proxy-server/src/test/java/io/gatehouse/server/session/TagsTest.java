package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.StatementFacts;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 | SELECT 3",
                "values (1) | SELECT 3",
                "insert into t values (1) | INSERT 0 3",
                "update t set a = 1 where b = 2 | UPDATE 3",
                "delete from t where a = 1 | DELETE 3",
                "create table t (a int) | CREATE TABLE",
                "create temp table t (a int) | CREATE TABLE",
                "create unlogged table t (a int) | CREATE TABLE",
                "create table t as select 1 | SELECT 3",
                "create unique index i on t (a) | CREATE INDEX",
                "create or replace view v as select 1 | CREATE VIEW",
                "create user u | CREATE ROLE",
                "drop table if exists t | DROP TABLE",
                "alter table t add column b int | ALTER TABLE",
                "truncate t | TRUNCATE TABLE",
                "begin | BEGIN",
                "start transaction | START TRANSACTION",
                "commit | COMMIT",
                "end | COMMIT",
                "rollback | ROLLBACK",
                "savepoint s | SAVEPOINT",
                "rollback to s | ROLLBACK",
                "release s | RELEASE",
                "set search_path to a | SET",
                "set transaction read only | SET",
                "reset all | RESET",
                "deallocate all | DEALLOCATE ALL",
                "discard all | DISCARD ALL",
            })
    void areWordedAsPostgresqlDoes(String sql, String expected) throws Exception {
        Policy policy = Policy.parse("test.yaml", "policy: 1\ndefault: allow\n");
        StatementFacts facts = policy.facts(Dialect.POSTGRESQL, sql).statements().get(0);
        assertThat(Tags.of(facts, sql, 3, false)).isEqualTo(expected);
    }
}
