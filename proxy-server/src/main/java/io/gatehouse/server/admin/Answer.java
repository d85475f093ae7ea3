package io.gatehouse.server.admin;

/** What a page of the admin port says. */
record Answer(int status, String type, String body) {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    static Answer json(int status, String body) {
        return new Answer(status, JSON, body);
    }

    static Answer metrics(String body) {
        return new Answer(200, PROMETHEUS, body);
    }

    static Answer error(int status, String message) {
        return json(status, JsonViews.error(message));
    }
}
