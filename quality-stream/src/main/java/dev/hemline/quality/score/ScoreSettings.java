package dev.hemline.quality.score;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.streams.StreamFailures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.state.HostInfo;

/**
 * How one instance keeps scores.
 *
 * @param classifierId the application id of the classifiers beside whom it works
 * @param labelWindow how long a result waits for its label, and a label for its result
 * @param stateFolder where state is kept, in a folder for each instance on this machine
 */
public record ScoreSettings(KafkaSettings kafka, String classifierId, Duration labelWindow, Path stateFolder) {
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(10);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);

    /** Scores come seconds after their labels at most, and each commit costs the brokers a round of writing. */
    private static final int COMMIT_INTERVAL_MS = 1_000;

    private static final int TRANSACTION_TIMEOUT_MS = 10_000;
    private static final int CACHE_BYTES = 4 << 20;
    private static final int FETCH_BYTES = 4 << 20;

    /** Few, because a batch of a few kB may unpack to records of a megabyte each. */
    private static final int RECORDS = 250;

    public ScoreSettings {
        if (labelWindow.compareTo(SHORTEST_WINDOW) < 0 || labelWindow.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("--label-window is 10s to 30d, not " + labelWindow.toSeconds() + "s");
        }
    }

    /** Scores have a consumer group of their own. */
    public String applicationId() {
        return classifierId + "-scores";
    }

    /**
     * Kafka Streams' settings, under those that people pass through. Scores are exactly-once even where classification is
     * not: nobody waits for them.
     *
     * @param self where other instances find this one
     */
    Map<String, Object> streams(HostInfo self, Path folder) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        defaults.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
        defaults.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        defaults.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        defaults.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        defaults.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        defaults.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, StreamFailures.class);
        defaults.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StreamFailures.class);
        // Those of the topic between too: a time that is none would end the stream.
        defaults.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        defaults.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS);
        defaults.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS);
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        return kafka.client(defaults);
    }
}
