package dev.hemline.quality.score;

import dev.hemline.quality.stream.ObserverSettings;
import dev.hemline.service.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/**
 * How one instance keeps scores.
 *
 * @param classifierId the application id of the classifiers beside whom it works
 * @param labelWindow how long a result waits for its label, and a label for its result
 * @param batching whether results are added up, too, to be watched for drift
 * @param stateFolder where state is kept, in a folder for each instance on this machine
 */
public record ScoreSettings(
        KafkaSettings kafka, String classifierId, Duration labelWindow, boolean batching, Path stateFolder) {
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(10);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);

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
    public Map<String, Object> streams(HostInfo self, Path folder) {
        Map<String, Object> settings = ObserverSettings.streams(applicationId(), folder);
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        return kafka.client(settings);
    }
}
