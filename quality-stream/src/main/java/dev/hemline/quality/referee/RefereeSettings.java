package dev.hemline.quality.referee;

import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.score.BoundedRocksDb;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.quality.stream.ObserverSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How one challenger is compared with the champions.
 *
 * @param scores that the champions keep; an event waits as long for its label here as there
 * @param design what an experiment has to show
 */
public record RefereeSettings(ScoreSettings scores, Design design) {
    /** It has a consumer group of its own. */
    public String applicationId() {
        return scores.classifierId() + "-referee";
    }

    Map<String, Object> streams(Path folder) {
        Map<String, Object> settings = ObserverSettings.streams(applicationId(), folder);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        return scores.kafka().client(settings);
    }
}
