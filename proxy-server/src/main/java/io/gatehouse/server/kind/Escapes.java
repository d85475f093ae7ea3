package io.gatehouse.server.kind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names inside JDBC URLs. */
final class Escapes {
    private Escapes() {}

    /** {@code host:port}, with brackets around an IPv6 address. */
    static String authority(Target target, int defaultPort) {
        String host = target.host();
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return name + ":" + (target.port() == 0 ? defaultPort : target.port());
    }

    /** As a path segment of an URL. */
    static String percent(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As a value among semicolon-separated properties of SQL Server's URL. */
    static String braces(String value) {
        return "{" + value.replace("}", "}}") + "}";
    }
}
