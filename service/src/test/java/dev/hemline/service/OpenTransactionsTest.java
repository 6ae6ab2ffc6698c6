package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("image-events", 2);

    private final AtomicLong now = new AtomicLong(5);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private long written = 84;
    private long readable = 84;
    private final OpenTransactions open = new OpenTransactions(
            KafkaSettings.of("kafka:9092"),
            readers -> Map.of(PARTITION, readers == IsolationLevel.READ_COMMITTED ? readable : written),
            () -> {},
            registry,
            now::get);

    private void lookAfter(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
        open.look();
    }

    private double seconds() {
        return registry.get("hemline.open.transaction").gauge().value();
    }

    @Test
    void shouldNameATransactionThatNobodyEndsAndHowToEndIt() {
        readable = 7;
        open.look();
        lookAfter(89);
        assertThat(open.reasonNotReady()).isEmpty();

        lookAfter(2);

        assertThat(open.reasonNotReady())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains(
                                "partition 2 of topic image-events",
                                "--bootstrap-server kafka:9092 abort --topic image-events --partition 2"
                                        + " --start-offset 7"));
        assertThat(seconds()).isEqualTo(91);

        readable = 84;
        lookAfter(5);
        assertThat(open.reasonNotReady()).isEmpty();
        assertThat(seconds()).isZero();
    }

    @Test
    void shouldNotMindOneTransactionAfterTheOther() {
        for (int i = 0; i < 10; i++) {
            written += 10;
            readable = written - 5;
            lookAfter(60);
        }

        assertThat(open.reasonNotReady()).isEmpty();
    }
}
