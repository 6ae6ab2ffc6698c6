package dev.hemline.classifier;

import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.classifier.topology.OutputFailures;
import dev.hemline.image.ImageLimits;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.streams.StreamFailures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How one classifier instance runs.
 *
 * @param role what its answers are for
 * @param share of events that a challenger answers, 0 to 1
 * @param applicationId instances with the same id share the work
 * @param modelName the model to serve; empty for whichever was made last, or with keys for the first that was signed
 * @param admission what is asked of a model version before its archive is touched
 * @param streamThreads threads that poll, forward and commit
 * @param images what is refused before it is decoded
 * @param sampleShare of events whose pictures are kept as the model saw them, 0 to 1
 * @param stateFolder where Kafka Streams keeps local state
 */
public record ClassifierSettings(
        KafkaSettings kafka,
        Role role,
        double share,
        String applicationId,
        Optional<String> modelName,
        Admission admission,
        Delivery delivery,
        int streamThreads,
        EngineSettings engine,
        ImageLimits images,
        double sampleShare,
        Path stateFolder) {

    /** How often an event's outcome may appear when something crashes. */
    public enum Delivery {
        EXACTLY_ONCE(StreamsConfig.EXACTLY_ONCE_V2),
        AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE);

        private final String guarantee;

        Delivery(String guarantee) {
            this.guarantee = guarantee;
        }

        /** For instance {@code exactly-once}. */
        public static Delivery parse(String text) {
            for (Delivery delivery : values()) {
                if (delivery.name().equalsIgnoreCase(text.replace('-', '_'))) {
                    return delivery;
                }
            }
            throw new IllegalArgumentException("--delivery is exactly-once or at-least-once, not '" + text + "'");
        }
    }

    /** Room for the largest event in its dead letter; the topics' own limit decides what really passes. */
    static final int MAX_REQUEST_BYTES = 16 << 20;

    /** A crashed instance's open transaction hides later results from readers until this has passed. */
    private static final long TRANSACTION_TIMEOUT_MS = 10_000;

    /** Of the picture that may take longest; by default they fit into the 10 s. */
    private static final int PICTURES_A_TRANSACTION = 6;

    /**
     * Events that may wait per partition before it is paused; what is polled at once may come on top. Twice and four times
     * as many save a few per cent of processor time at most.
     */
    private static final int BUFFERED = 32;

    private static final int CHALLENGER_COMMIT_INTERVAL_MS = 1_000;
    private static final int CHALLENGER_LEAST_FETCH_BYTES = 256 << 10;
    private static final int CHALLENGER_FETCH_WAIT_MS = 500;

    public ClassifierSettings {
        if (applicationId.isBlank()) {
            throw new IllegalArgumentException("--application-id is empty; instances that share the work share an id");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("--share is 0 to 1, not " + share);
        }
        if (streamThreads < 1 || streamThreads > 64) {
            throw new IllegalArgumentException("--stream-threads is 1 to 64, not " + streamThreads);
        }
        if (!(sampleShare >= 0 && sampleShare <= 1)) {
            throw new IllegalArgumentException("--sample-share is 0 to 1, not " + sampleShare);
        }
    }

    /** Kafka Streams' settings, under those that people pass through. */
    public Map<String, Object> streams() {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        defaults.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, delivery.guarantee);
        defaults.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streamThreads);
        defaults.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        // What Kafka 5 will do anyway; its constant is deprecated because it goes away then.
        defaults.put("processing.exception.handler.global.enabled", true);
        defaults.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, StreamFailures.class);
        defaults.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StreamFailures.class);
        defaults.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, OutputFailures.class);
        defaults.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, Math.min(BUFFERED, engine.maxBatch()));
        defaults.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), engine.maxBatch());
        // Aborted replays of dead letters are never seen, nor are half-published models, at-least-once or not.
        defaults.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        defaults.put(StreamsConfig.globalConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), transactionMillis());
        if (role == Role.CHALLENGER) {
            // Nobody waits for its answers, so it asks brokers for much at once, and seldom: they have to answer its
            // champion too.
            defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, CHALLENGER_COMMIT_INTERVAL_MS);
            defaults.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG),
                    CHALLENGER_LEAST_FETCH_BYTES);
            defaults.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                    CHALLENGER_FETCH_WAIT_MS);
        }
        return kafka.client(defaults);
    }

    private int transactionMillis() {
        return (int) Math.max(
                TRANSACTION_TIMEOUT_MS,
                PICTURES_A_TRANSACTION * images.maxWork().toMillis());
    }
}
