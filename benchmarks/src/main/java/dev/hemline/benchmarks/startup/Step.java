package dev.hemline.benchmarks.startup;

/** What a classifier tells on its way up. Two of them may come in either order. */
enum Step {
    LOGGING("first log line", ""),
    SERVER("HTTP server up", "readiness on /health/ready"),
    RUNNING("stream running", "Stream is RUNNING"),
    MODEL("model serves", " serves, was ");

    private final String title;
    private final String line;

    Step(String title, String line) {
        this.title = title;
        this.line = line;
    }

    /** As the report calls it. */
    String title() {
        return title;
    }

    /** Part of the log line that tells it. */
    String line() {
        return line;
    }
}
