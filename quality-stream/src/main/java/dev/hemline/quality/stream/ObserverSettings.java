package dev.hemline.quality.stream;

import dev.hemline.service.streams.StreamFailures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/** Kafka Streams' settings of what observes. It is exactly-once even where classification is not: nobody waits for it. */
public final class ObserverSettings {
    /** Scores and alarms come seconds later at most, and each commit costs the brokers a round of writing. */
    private static final int COMMIT_INTERVAL_MS = 1_000;

    private static final int TRANSACTION_TIMEOUT_MS = 10_000;
    private static final int CACHE_BYTES = 4 << 20;
    private static final int FETCH_BYTES = 4 << 20;

    /** Nobody waits for what is observed, and each fetch costs client and broker as much as some hundred records. */
    private static final int LEAST_FETCH_BYTES = 64 << 10;

    private static final int FETCH_WAIT_MS = 200;

    /** Few, because a batch of a few kB may unpack to records of a megabyte each. */
    private static final int RECORDS = 250;

    private ObserverSettings() {}

    /** To add to; what people pass through goes over it. */
    public static Map<String, Object> streams(String applicationId, Path folder) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        // Whichever of two topics comes first is right; to look each time whether the other has something takes a tenth
        // of the processor.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, StreamFailures.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StreamFailures.class);
        // Those of topics between too: a time that is none would end the stream.
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), LEAST_FETCH_BYTES);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        return settings;
    }
}
