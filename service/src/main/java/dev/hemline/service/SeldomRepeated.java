package dev.hemline.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Lets Kafka's clients say the same only once a minute. Without brokers each of the dozen of them in a classifier complains
 * every second, and the one line that matters goes under. What Kafka Streams warns of it mends itself, for instance after an
 * unclean end: that is a line without a stack trace, unless somebody debugs it. Named in {@code logback.xml}.
 */
public final class SeldomRepeated extends TurboFilter {
    private static final String TALKATIVE = "org.apache.kafka";
    private static final String STREAMS = "org.apache.kafka.streams";
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    /** Who speaks, {@code [Producer clientId=one]}, and of which of many things: neither makes it news. */
    private static final Pattern PARTICULARS = Pattern.compile("\\[[^]]*]|\\d+");
    /** Some sentences are new each time; they must not pile up. */
    private static final int MOST_REMEMBERED = 1_000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> lastSaid = new ConcurrentHashMap<>();

    public SeldomRepeated() {
        this(System::nanoTime);
    }

    SeldomRepeated(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        if (format == null
                || !level.isGreaterOrEqual(Level.WARN)
                || !logger.getName().startsWith(TALKATIVE)) {
            return FilterReply.NEUTRAL;
        }
        Throwable mended = level.equals(Level.WARN) && logger.getName().startsWith(STREAMS) && !logger.isDebugEnabled()
                ? (failure == null ? MessageFormatter.getThrowableCandidate(parameters) : failure)
                : null;
        if (mended != null) {
            logger.warn(
                    marker, MessageFormatter.basicArrayFormat(format, parameters) + ": " + KafkaProblem.reason(mended));
            return FilterReply.DENY;
        }
        if (lastSaid.size() >= MOST_REMEMBERED) {
            lastSaid.clear();
        }
        long now = nanoTime.getAsLong();
        String said = logger.getName() + PARTICULARS.matcher(format).replaceAll("");
        Long before = lastSaid.putIfAbsent(said, now);
        if (before == null) {
            return FilterReply.NEUTRAL;
        }
        return now - before >= PAUSE_NANOS && lastSaid.replace(said, before, now)
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }
}
