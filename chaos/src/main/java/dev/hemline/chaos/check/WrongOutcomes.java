package dev.hemline.chaos.check;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outcomes that should not be. The first few of each kind are logged. */
final class WrongOutcomes {
    private static final Logger LOG = LoggerFactory.getLogger(WrongOutcomes.class);
    private static final int LOGGED = 5;

    /** What is wrong. */
    enum Kind {
        /** A result that differs from an offline prediction by the version it names. */
        OTHER_ANSWER,
        /** A result of a version that never was on its topic, or cannot be put together. */
        UNKNOWN_VERSION,
        /** A result of a version that had to be refused. */
        REFUSED_VERSION,
        /** A result for an event that nobody sent. */
        NEVER_SENT,
        /** A result for an event that cannot be classified. */
        BAD_EVENT_CLASSIFIED,
        /** A challenger's answer to an event that is none of its share. */
        NOT_OF_THE_SHARE,
        /** A dead letter for an event that can. */
        GOOD_EVENT_REJECTED;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<String, Long> counts = new TreeMap<>();

    void add(Kind kind, long how, String what) {
        long now = counts.merge(kind.code(), how, Long::sum);
        if (now <= LOGGED) {
            LOG.warn("{}: {}", kind.code(), what);
        }
    }

    Map<String, Long> counts() {
        return counts;
    }
}
