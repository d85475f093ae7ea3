package io.gatehouse.server.admin;

import java.util.List;

/** Whether the broker should be sent clients. */
public interface Readiness {
    /** What stands against it, in words; empty when ready. */
    List<String> obstacles();
}
