package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;

import java.sql.SQLException;
import java.util.Collections;

/**
 * What an application does too late, too early or beside the columns, with the code that the driver
 * of its backend has for it. Where that one has none, the usual code stands for it.
 */
public enum Misuse {
    CLOSED_CONNECTION(
            lost("08003", 0),
            plain("08003"),
            lost("08000", 1220),
            lost("08003", 0),
            h2(Code.NON_TRANSIENT, "90007")),
    /** A statement whose connection is closed. */
    STATEMENT_OF_CLOSED_CONNECTION(
            lost("08003", 0),
            plain("08003"),
            lost("08000", 1220),
            plain("S1009"),
            h2(Code.NON_TRANSIENT, "90007")),
    CLOSED_STATEMENT(
            sequence(),
            plain("55000"),
            syntax("42000"),
            plain("S1009"),
            h2(Code.NON_TRANSIENT, "90007")),
    CLOSED_RESULT(
            sequence(),
            plain("55000"),
            new Code(Code.PLAIN, "HY000", -1),
            plain("S1000"),
            h2(Code.NON_TRANSIENT, "90007")),
    /** A column of a result set that is closed. */
    COLUMN_OF_CLOSED_RESULT(
            sequence(),
            plain("55000"),
            data("22023"),
            plain("S1000"),
            h2(Code.NON_TRANSIENT, "90007")),
    /** An array, a Blob, a Clob or an SQLXML that was freed, or is read before it is written. */
    FREED(sequence(), plain("55000"), sequence(), plain("S1009"), h2(Code.NON_TRANSIENT, "90007")),
    /** A column where the result set is not on a row. */
    OFF_THE_ROWS(
            new Code(Code.NON_TRANSIENT, "24000", 0),
            plain("24000"),
            data("22023"),
            plain("S1000"),
            h2(Code.NON_TRANSIENT, "02000")),
    /** A move other than forward in a result set that has no other. */
    FORWARD_ONLY(
            new Code(Code.NON_TRANSIENT, "24000", 0),
            plain("24000"),
            syntax("42000"),
            plain("S1000"),
            h2(Code.NON_TRANSIENT, "90128")),
    /** A change of a row where the result set is on the insert row, or the other way round. */
    ON_ANOTHER_ROW(
            new Code(Code.NON_TRANSIENT, "24000", 0),
            plain("24000"),
            syntax("42000"),
            new Code(Code.NON_TRANSIENT, "24000", 0),
            h2(Code.NON_TRANSIENT, "90029")),
    /** A column by a number that the result does not have. */
    NO_SUCH_NUMBER(
            syntax("42703"),
            plain("22023"),
            new Code(Code.DATA, "22023", -1),
            plain("S1009"),
            h2(Code.DATA, "90008")),
    /** A column by a label that the result does not have. */
    NO_SUCH_LABEL(
            syntax("42703"),
            plain("42703"),
            syntax("42000"),
            syntax("42S22"),
            new Code(Code.SYNTAX, "42S22", 42122)),
    /** What a column is, by a number that the result does not have. */
    NOTHING_TO_DESCRIBE(
            syntax("42703"),
            plain("22023"),
            syntax("42000"),
            plain("S1002"),
            h2(Code.DATA, "90008")),
    /** An OUT parameter before the call ran. */
    NOT_CALLED(
            sequence(),
            plain("02000"),
            syntax("42000"),
            plain("S1000"),
            h2(Code.NON_TRANSIENT, "02000")),
    /** The same where it was not registered either. */
    NEITHER_CALLED_NOR_REGISTERED(
            data("22023"), plain("55000"), syntax("42000"), plain("S1000"), h2(Code.DATA, "90008")),
    /** A parameter that is none of the OUT parameters of the call that ran. */
    NOT_REGISTERED(
            data("22023"), plain("2200G"), syntax("42000"), plain("S1009"), h2(Code.DATA, "90008"));

    private final Code usual;
    private final Code postgres;
    private final Code mariadb;
    private final Code mysql;
    private final Code h2;

    Misuse(Code usual, Code postgres, Code mariadb, Code mysql, Code h2) {
        this.usual = usual;
        this.postgres = postgres;
        this.mariadb = mariadb;
        this.mysql = mysql;
        this.h2 = h2;
    }

    /** The exception of a kind of backend. */
    public SQLException at(Manner manner, String message) {
        Code code = code(manner);
        return Faults.exception(
                Collections.singletonList(
                        new Fault(code.type, code.sqlState, code.vendorCode, message)));
    }

    private Code code(Manner manner) {
        switch (manner) {
            case POSTGRES:
                return postgres;
            case MARIADB:
                return mariadb;
            case MYSQL:
                return mysql;
            case H2:
                return h2;
            default:
                return usual;
        }
    }

    private static Code plain(String sqlState) {
        return new Code(Code.PLAIN, sqlState, 0);
    }

    private static Code data(String sqlState) {
        return new Code(Code.DATA, sqlState, 0);
    }

    private static Code sequence() {
        return new Code(Code.NON_TRANSIENT, "HY010", 0);
    }

    private static Code lost(String sqlState, int vendorCode) {
        return new Code(Code.CONNECTION, sqlState, vendorCode);
    }

    /** MariaDB's driver has -1 where its server said nothing. */
    private static Code syntax(String sqlState) {
        return new Code(Code.SYNTAX, sqlState, sqlState.equals("42000") ? -1 : 0);
    }

    /** H2's codes are numbers, of which SQLSTATEs are made. */
    private static Code h2(int type, String sqlState) {
        int number = Integer.parseInt(sqlState);
        return new Code(type, sqlState, number);
    }

    private static final class Code {
        static final int PLAIN = 0;
        static final int DATA = 1;
        static final int CONNECTION = 5;
        static final int SYNTAX = 6;
        static final int NON_TRANSIENT = 12;

        private final int type;
        private final String sqlState;
        private final int vendorCode;

        Code(int type, String sqlState, int vendorCode) {
            this.type = type;
            this.sqlState = sqlState;
            this.vendorCode = vendorCode;
        }
    }
}
