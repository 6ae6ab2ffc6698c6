package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeldomRepeatedTest {
    private final AtomicLong now = new AtomicLong();
    private final SeldomRepeated filter = new SeldomRepeated(now::get);
    private final LoggerContext loggers = new LoggerContext();
    private final Logger client = loggers.getLogger("org.apache.kafka.clients.NetworkClient");

    @Test
    void shouldLetAClientComplainOnceAMinuteHoweverManyClientsThereAre() {
        assertThat(says(client, Level.WARN, "[Producer clientId=a] Connection to node {} was lost"))
                .isTrue();
        assertThat(says(client, Level.WARN, "[Producer clientId=a] Connection to node {} was lost"))
                .isFalse();
        assertThat(says(client, Level.WARN, "[Consumer clientId=b, groupId=c] Connection to node {} was lost"))
                .isFalse();

        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(says(client, Level.WARN, "[Producer clientId=a] Connection to node {} was lost"))
                .isTrue();
    }

    @Test
    void shouldNotTakeNumbersForNews() {
        assertThat(says(client, Level.ERROR, "stream-thread [a-1] task [0_1] Error 7 of partition 3"))
                .isTrue();
        assertThat(says(client, Level.ERROR, "stream-thread [a-2] task [1_4] Error 18 of partition 0"))
                .isFalse();
    }

    @Test
    void shouldHoldBackNothingElse() {
        Logger ours = loggers.getLogger("dev.hemline.service.KafkaWatch");
        for (String other : List.of("one", "another")) {
            assertThat(says(ours, Level.WARN, "the same")).isTrue();
            assertThat(says(client, Level.INFO, "the same")).isTrue();
            assertThat(says(client, Level.WARN, "[Producer clientId=a] " + other))
                    .isTrue();
        }
    }

    @Test
    void shouldTellWhatKafkaStreamsMendsItselfWithoutAStackTrace() {
        Logger streams = loggers.getLogger("org.apache.kafka.streams.processor.internals.StreamThread");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        streams.setLevel(Level.INFO);
        streams.addAppender(lines);
        filter.start();
        loggers.addTurboFilter(filter);
        var corrupted = new IllegalStateException("tasks are corrupted", new IllegalArgumentException("no checkpoint"));

        streams.warn("Detected that tasks of {} are corrupted, {}", "thread-1", "will begin again", corrupted);
        streams.warn("Detected another", corrupted);
        streams.error("Not mended", corrupted);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Detected that tasks of thread-1 are corrupted, will begin again:"
                                + " java.lang.IllegalArgumentException: no checkpoint",
                        "Detected another: java.lang.IllegalArgumentException: no checkpoint",
                        "Not mended");
        assertThat(lines.list)
                .extracting(line -> line.getThrowableProxy() != null)
                .containsExactly(false, false, true);
    }

    private boolean says(Logger logger, Level level, String format) {
        return filter.decide(null, logger, level, format, new Object[] {1}, null) != FilterReply.DENY;
    }
}
