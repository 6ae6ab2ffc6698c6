package dev.hemline.quality.referee;

import dev.hemline.model.signing.SigningKey;
import dev.hemline.quality.score.BoundedRocksDb;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.quality.stream.ObserverSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How one challenger is compared with the champions.
 *
 * @param scores that the champions keep; an event waits as long for its label here as there
 * @param rules of the comparison
 * @param signer signs what is said about models; empty if nothing does
 */
public record RefereeSettings(ScoreSettings scores, Rules rules, Optional<SigningKey> signer) {
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
