package io.gatehouse.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

/** Binary formats as PostgreSQL itself writes and reads them. */
class TranscoderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "point | 600 | point_send | (1.5,-2e300) | (Infinity,NaN) | (0,0)",
                "lseg | 601 | lseg_send | [(1,2),(3,4)] | [(0,0),(0,0)] | [(-1,1e-9),(2,2)]",
                "box | 603 | box_send | (3,4),(1,2) | (0,0),(0,0) | (1e9,1),(0,-1)",
                "line | 628 | line_send | {1,2,3} | {-1,0,0.1} | {0,1,0}",
                "circle | 718 | circle_send | <(1,2),3> | <(0,0),0> | <(-1,-2),1e9>",
                "oid | 26 | oidsend | 0 | 4294967295 | 1259",
                "xid | 28 | xidsend | 0 | 4294967295 | 3",
                "cidr | 650 | cidr_send | 10.0.0.0/8 | 2001:db8::/32 | 1.2.3.4/32",
                "inet | 869 | inet_send | 10.0.0.1 | 10.0.0.1/8 | ::ffff:1.2.3.4/96",
                "inet | 869 | inet_send | fe80::1 | ::/0 | 2001:db8::1/64",
                "macaddr | 829 | macaddr_send | 08:00:2b:01:02:03 | ff:ff:ff:ff:ff:ff |"
                        + " 0:0:0:0:0:0",
                "macaddr8 | 774 | macaddr8_send | 08:00:2b:01:02:03:04:05 | 08:00:2b:ff:fe:01:02:03"
                        + " | 08:00:2b:01:02:03",
                "interval | 1186 | interval_send | 0 | 1 day | -1 day",
                "interval | 1186 | interval_send | 14 mons 3 days 04:05:06.789 | -04:05:06.7 |"
                        + " -1 year -2 mons +3 days -00:00:00.000001",
                "interval | 1186 | interval_send | 178956970 years | infinity | -infinity",
                "interval | 1186 | interval_send | 2562047788:00:54.775807 | 1 mon | 100:00:00",
                "varbit | 1562 | varbit_send | 1 | 10110 | 1111111100000001",
                "_int4 | 1007 | array_send | {1,NULL,3} | {} | {-1}"
            })
    void areThoseOfTheServer(
            String type, int id, String send, String first, String second, String third)
            throws Exception {
        try (Connection c = Database.postgres().direct();
                Statement s = c.createStatement()) {
            for (String written : new String[] {first, second, third}) {
                String value = "'" + written + "'::" + type;
                String text;
                byte[] binary;
                try (ResultSet rows =
                        s.executeQuery("select " + value + "::text, " + send + "(" + value + ")")) {
                    rows.next();
                    text = rows.getString(1);
                    binary = rows.getBytes(2);
                }
                assertThat(Transcoder.knows(id)).isTrue();
                assertThat(Transcoder.binary(id, text)).as(text).contains(binary);
                String back = Transcoder.text(id, binary).orElseThrow();
                try (ResultSet rows =
                        s.executeQuery("select ('" + back + "'::" + type + ")::text")) {
                    rows.next();
                    assertThat(rows.getString(1)).as(back).isEqualTo(text);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "600, x",
        "600, '(1,2,3)'",
        "26, -1",
        "26, x",
        "869, x",
        "869, 1.2.3.4/y",
        "1186, P1D",
        "1186, 1 fortnight",
        "1186, ''",
        "1562, 2",
        "829, xx",
        "1186, 99999999999999999999 days"
    })
    void otherTextsAreNone(int type, String text) {
        assertThat(Transcoder.binary(type, text)).isEmpty();
    }

    @Test
    void otherBytesAreNone() {
        for (int type : new int[] {26, 28, 29, 600, 601, 603, 628, 650, 718, 774, 829, 869, 1186}) {
            for (int length : new int[] {0, 1, 3, 7, 100}) {
                assertThat(Transcoder.text(type, new byte[length])).as("%d", type).isEmpty();
            }
        }
        assertThat(Transcoder.text(1562, new byte[] {0, 0, 0, 9, 1})).isEmpty();
        assertThat(Transcoder.text(1562, new byte[] {-1, 0, 0, 9, 1})).isEmpty();
    }
}
