package io.gatehouse.server.fault;

/** The part of the catalogue for values that cannot travel as they are. One factory each. */
public final class ValueFaults {
    private static final String CAST = "Cast it to text in the statement.";
    private static final String AS_TEXT =
            "Ask for it as text, e.g. with binaryTransfer=false, or cast it.";

    private ValueFaults() {}

    /** No value of the type can. */
    public static Fault noBinaryColumn(String column, String type) {
        return Fault.of(
                "0A000",
                "column \"" + column + "\" of type " + type + " cannot be sent in binary format",
                AS_TEXT);
    }

    /** Others of the type can. */
    public static Fault noBinaryValue(String column, String type) {
        return Fault.of(
                "0A000",
                "a value of column \""
                        + column
                        + "\" of type "
                        + type
                        + " cannot be sent in binary format",
                AS_TEXT);
    }

    public static Fault noBinaryParameter(int index, String type) {
        return Fault.of(
                "0A000",
                "parameter " + index + " of type " + type + " cannot be taken in binary format",
                "Send it as text, e.g. with binaryTransfer=false.");
    }

    /**
     * @param day as the server writes it
     */
    public static Fault noBinaryDay(String day) {
        return Fault.of("22008", "the day " + day + " has no binary format", CAST);
    }

    public static Fault timeOutOfRange() {
        return Fault.of("22008", "date or time out of range for the column's wire type", CAST);
    }

    public static Fault numberOutOfRange(int digits, int scale) {
        return Fault.of(
                "22003",
                "a number of "
                        + digits
                        + " digits and scale "
                        + scale
                        + " does not fit the wire's numeric type",
                CAST);
    }

    public static Fault notUtf8() {
        return Fault.of("22021", "a text is not valid UTF-8", "Send text as UTF-8.");
    }
}
