package dev.hemline.quality.drift;

import dev.hemline.event.Drift;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What drift detection has told, of all instances, whoever asks: topic {@code drift} is read from its beginning when it is asked for
 * the first time, and then on from where it was read to. Thread-safe.
 */
public final class DriftTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** For so long a failure is told again without another try. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final KafkaSettings kafka;
    private ToldDrifts told = new ToldDrifts();
    private @Nullable TopicReader reader;
    private @Nullable KafkaException failure;
    private long failedAt;

    /** Connects to nothing before it is asked. */
    public DriftTopic(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * The newest alarm of each version, source and reference, whether it stands or not; the newest last.
     *
     * @throws KafkaException if the topic cannot be read within some seconds
     */
    public synchronized List<Told> read() {
        if (failure != null && System.nanoTime() - failedAt < PAUSE_NANOS) {
            throw failure;
        }
        try {
            TopicReader open = reader == null ? open() : reader;
            Topic<String, Drift> topic = Topics.DRIFT.reading(open.writers());
            open.readTo(
                    open.stableEnds(List.of(Topics.DRIFT)),
                    PATIENCE,
                    record -> topic.value(record).ifPresent(told::add));
            failure = null;
            return told.all();
        } catch (KafkaException e) {
            failure = e;
            failedAt = System.nanoTime();
            close();
            throw e;
        }
    }

    private TopicReader open() {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        var opened = new TopicReader(kafka.client(Map.of("default.api.timeout.ms", patience)));
        reader = opened;
        told = new ToldDrifts();
        return opened.fromBeginning(List.of(Topics.DRIFT));
    }

    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
