package io.gatehouse.jdbc.transport;

import java.util.Map;

/** What a finished start-up leaves: the link and what the broker said of itself. Immutable. */
public final class Welcome {
    private final Link link;
    private final Map<String, String> facts;

    Welcome(Link link, Map<String, String> facts) {
        this.link = link;
        this.facts = Map.copyOf(facts);
    }

    /** The link, ready for requests. */
    public Link link() {
        return link;
    }

    /** What the broker said with {@code ParameterStatus}; empty if it did not. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }
}
