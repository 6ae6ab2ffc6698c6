package dev.hemline.producer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Names for the events of one run: {@code source-20260101T120000Z-3fa9c17b-000000000042}. They are unique, also when two
 * runs of one source start within a second, and within a run their order as text is the order of sending. A run with a name
 * has it in the place of time and chance.
 */
final class EventIds {

    private static final DateTimeFormatter RUN_START =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int UNIQUE_DIGITS = 8;

    private final String prefix;
    private long count;

    private EventIds(String prefix) {
        this.prefix = prefix;
    }

    /** For a run that is like no other. */
    static EventIds ofNewRun(String source, Instant start) {
        String unique = UUID.randomUUID().toString().substring(0, UNIQUE_DIGITS);
        return new EventIds(source + "-" + RUN_START.format(start) + "-" + unique + "-");
    }

    /** For a run that may go on later: the same ids each time. */
    static EventIds ofRun(String source, String run) {
        return new EventIds(source + "-" + run + "-");
    }

    String next() {
        count++;
        return String.format(Locale.ROOT, "%s%012d", prefix, count);
    }
}
