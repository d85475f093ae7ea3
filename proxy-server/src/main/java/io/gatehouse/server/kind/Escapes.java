package io.gatehouse.server.kind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names inside JDBC URLs. */
final class Escapes {
    // Anything else could end the host and add another one, or properties.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    private Escapes() {}

    /** The host alone, without brackets; empty where none is given. */
    static String host(Target target) {
        String host = target.host();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (!host.isEmpty() && !HOST.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "the host is a name, an IPv4 address or an IPv6 address, without a port");
        }
        return host;
    }

    static boolean isIpv6(Target target) {
        return host(target).indexOf(':') >= 0;
    }

    static int port(Target target, int defaultPort) {
        return target.port() == 0 ? defaultPort : target.port();
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    static String authority(Target target, int defaultPort) {
        String host = host(target);
        String name = isIpv6(target) ? "[" + host + "]" : host;
        return name + ":" + port(target, defaultPort);
    }

    /** As a path segment of an URL. */
    static String percent(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As a value among semicolon-separated properties of SQL Server's URL. */
    static String braces(String value) {
        return "{" + value.replace("}", "}}") + "}";
    }

    /**
     * The name as it is, where a driver knows no escape.
     *
     * @param refused characters that would end the name
     */
    static String plain(String name, String kind, String refused) {
        boolean bad =
                name.chars().anyMatch(c -> refused.indexOf(c) >= 0 || Character.isISOControl(c));
        if (bad) {
            throw new IllegalArgumentException(
                    "the name of a database of kind "
                            + kind
                            + " holds no control character and none of "
                            + String.join(" ", refused.split("")));
        }
        return name;
    }
}
