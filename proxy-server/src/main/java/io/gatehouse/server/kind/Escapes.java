package io.gatehouse.server.kind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names inside JDBC URLs. */
final class Escapes {
    private Escapes() {}

    /** As a path segment of an URL. */
    static String percent(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As a value among semicolon-separated properties of SQL Server's URL. */
    static String braces(String value) {
        return "{" + value.replace("}", "}}") + "}";
    }
}
