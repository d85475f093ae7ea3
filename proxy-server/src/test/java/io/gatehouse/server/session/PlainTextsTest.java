package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.execute.Column;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Formats;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.Types;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** What the plain door makes of texts, types and the order of messages, without a backend. */
class PlainTextsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POSTGRESQL | select $1 + $2 | select ? + ? | 0 1",
                "POSTGRESQL | select $2, $1, $2 | select ?, ?, ? | 1 0 1",
                "POSTGRESQL | select '$1', \"$1\", $1 | select '$1', \"$1\", ? | 0",
                "POSTGRESQL | select E'\\'$1', $1 | select E'\\'$1', ? | 0",
                "POSTGRESQL | select $a$ $1 $a$, $1 | select $a$ $1 $a$, ? | 0",
                "POSTGRESQL | select $$ $1 $$, $1 | select $$ $1 $$, ? | 0",
                "POSTGRESQL | select a$1, $1 /* $2 /* */ $3 */ | select a$1, ? /* $2 /* */ $3 */ |"
                        + " 0",
                "POSTGRESQL | select j ? 'a' from t where i = $1 | select j ?? 'a' from t where i ="
                        + " ? | 0",
                "MYSQL | select '\\'$1', `$1`, $1 # $2 | select '\\'$1', `$1`, ? # $2 | 0",
                "SQLSERVER | select [$1], $1 | select [$1], ? | 0",
                "SQLITE | select $1 -- $2 | select ? -- $2 | 0",
            })
    void numberedParametersBecomeQuestionMarks(
            Dialect dialect, String sql, String expected, String order) {
        Placeholders found = Placeholders.of(dialect, sql);
        assertThat(found.sql()).isEqualTo(expected);
        assertThat(found.order())
                .isEqualTo(List.of(order.split(" ")).stream().map(Integer::valueOf).toList());
    }

    @Test
    void aTextWithoutParametersStaysAsItIs() {
        Placeholders found = Placeholders.of(Dialect.POSTGRESQL, "select j ? '$1'");
        assertThat(found.sql()).isEqualTo("select j ? '$1'");
        assertThat(found.direct()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SET extra_float_digits = 3 | Assign[name=extra_float_digits, value=3]",
                "set time zone 'Europe/Rome'; | Assign[name=timezone, value=Europe/Rome]",
                "SET SESSION TimeZone TO DEFAULT | Assign[name=timezone, value=null]",
                "SET DateStyle = ISO, MDY | Assign[name=datestyle, value=iso, mdy]",
                "SET NAMES 'UTF8' | Assign[name=client_encoding, value=UTF8]",
                "SHOW TRANSACTION ISOLATION LEVEL | Show[name=transaction_isolation]",
                "show time zone | Show[name=timezone]",
                "RESET ALL | Reset[name=all]",
                "BEGIN | Begin[tag=BEGIN, options=]",
                "begin isolation level serializable, read only"
                        + " | Begin[tag=BEGIN, options=isolation level serializable , read only]",
                "START TRANSACTION | Begin[tag=START TRANSACTION, options=]",
                "COMMIT WORK | End[commit=true]",
                "abort | End[commit=false]",
            })
    void theBrokersOwnCommandsAreRead(String sql, String expected) {
        assertThat(BrokerCommand.parse(sql, ServerParameters.names()))
                .hasToString("Optional[" + expected + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "set foo = 1",
                "show tables",
                "begin; drop table t",
                "commit and chain",
                "rollback to a",
                "begin try",
                "set timezone = (select 1)",
                "set timezone = 'a''b'",
                "start slave",
            })
    void anythingElseGoesToTheGate(String sql) {
        assertThat(BrokerCommand.parse(sql, ServerParameters.names())).isEmpty();
    }

    @Test
    void columnsAreDescribedAsPostgresqlDoes() {
        PlainTypes own = new PlainTypes(true);
        PlainTypes other = new PlainTypes(false);
        assertThat(field(own, Types.VARCHAR, 40, 0)).isEqualTo("1043 -1 44");
        assertThat(field(own, Types.VARCHAR, Integer.MAX_VALUE, 0)).isEqualTo("1043 -1 -1");
        assertThat(field(own, Types.NUMERIC, 10, 3)).isEqualTo("1700 -1 655367");
        assertThat(field(own, Types.INT8, 19, 0)).isEqualTo("20 8 -1");
        assertThat(field(own, Types.GH_TIMESTAMP_NS, 29, 9)).isEqualTo("1114 8 -1");
        assertThat(field(own, Types.GH_TIMETZ_NS, 29, 9)).isEqualTo("1266 12 -1");
        assertThat(field(own, Types.UNTYPED, 0, 0)).isEqualTo("25 -1 -1");
        assertThat(field(own, 1007, 0, 0)).isEqualTo("1007 -1 -1");
        assertThat(field(other, 1007, 0, 0)).isEqualTo("25 -1 -1");
    }

    private static String field(PlainTypes types, int type, int precision, int scale) {
        Column column =
                new Column("c", type, 0, "t", precision, scale, 0, 2, 0, "", "c", "", "", "");
        Backend.Field field = types.field(column, false);
        return field.type() + " " + field.size() + " " + field.modifier();
    }

    @Test
    void aSyncIsSeenBehindAnExecute() {
        Inbox inbox = new Inbox(8);
        inbox.add(new Frontend.Execute("", 0));
        assertThat(inbox.afterFirst()).isEqualTo(Inbox.Next.UNKNOWN);
        inbox.add(new Frontend.Close(Frontend.Target.PORTAL, ""));
        assertThat(inbox.afterFirst()).isEqualTo(Inbox.Next.UNKNOWN);
        inbox.add(new Frontend.Sync());
        assertThat(inbox.afterFirst()).isEqualTo(Inbox.Next.SYNC);
    }

    @Test
    void otherWorkIsSeenBehindAnExecute() {
        Inbox inbox = new Inbox(8);
        inbox.add(new Frontend.Execute("", 0));
        inbox.add(new Frontend.Bind("", "", Formats.TEXT, List.of(), Formats.TEXT));
        assertThat(inbox.afterFirst()).isEqualTo(Inbox.Next.MORE);
    }

    @Test
    void aFullInboxDoesNotWaitForMore() {
        Inbox inbox = new Inbox(2);
        inbox.add(new Frontend.Execute("", 0));
        inbox.add(new Frontend.Close(Frontend.Target.PORTAL, ""));
        assertThat(inbox.full()).isTrue();
        assertThat(inbox.afterFirst()).isEqualTo(Inbox.Next.MORE);
    }
}
