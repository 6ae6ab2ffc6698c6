package dev.hemline.service.streams;

import dev.hemline.service.DaemonThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Kafka's own series of one instance. A partition's lag is there only once the partition is read, so what there is, is looked
 * up every few seconds.
 */
public final class KafkaSeries implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final ScheduledExecutorService refreshing = DaemonThreads.scheduled("kafka-series");
    private final KafkaStreamsMetrics metrics;

    public KafkaSeries(KafkaStreams streams, MeterRegistry registry) {
        metrics = new KafkaStreamsMetrics(streams, List.of(), refreshing, REFRESH);
        metrics.bindTo(registry);
    }

    /** Takes the series away. */
    @Override
    public void close() {
        metrics.close();
        refreshing.shutdownNow();
    }
}
