package dev.hemline.quality.stream;

import dev.hemline.service.LogThrottle;
import dev.hemline.service.Texts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, now and then, of records that count for nothing; each is counted elsewhere. Thread-safe. */
public final class PassedOver {
    private static final Logger LOG = LoggerFactory.getLogger(PassedOver.class);
    private static final int MOST_WHY_CHARS = 500;

    private final String work;
    private final String series;
    private final Map<String, LogThrottle> lines = new ConcurrentHashMap<>();

    /**
     * @param work what passes them over, such as scoring
     * @param series where all of them are counted
     */
    public PassedOver(String work, String series) {
        this.work = work;
        this.series = series;
    }

    /** A record of a topic, and why as the end of a sentence. */
    public void record(String topic, String why) {
        if (isDue(topic)) {
            LOG.warn(
                    "A record of topic {} counts for nothing: {}. Who writes there? Others like it are counted in {}",
                    topic,
                    Texts.printable(why, MOST_WHY_CHARS),
                    series);
        }
    }

    /** A record on which a step threw what it should not have. */
    public void failed(String step, RuntimeException failure) {
        if (isDue(step)) {
            LOG.error(
                    "A record was passed over because {} failed on it (step {}); please report this",
                    work,
                    step,
                    failure);
        }
    }

    /** Whether something may be told again. */
    public boolean isDue(String about) {
        return lines.computeIfAbsent(about, unknown -> new LogThrottle()).isDue(about);
    }
}
