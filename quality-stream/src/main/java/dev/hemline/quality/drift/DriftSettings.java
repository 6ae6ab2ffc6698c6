package dev.hemline.quality.drift;

import dev.hemline.quality.stream.ObserverSettings;
import dev.hemline.service.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * How one instance looks for drift.
 *
 * @param classifierId the application id of the classifiers beside whom it works
 * @param stateFolder where state is kept, in a folder for each instance on this machine
 * @param falseAlarms about pictures expected at most in a million results, while nothing changes
 */
public record DriftSettings(KafkaSettings kafka, String classifierId, Path stateFolder, double falseAlarms) {
    private static final double FEWEST = 1e-6;
    private static final double MOST = 1_000;

    public DriftSettings {
        if (!(falseAlarms >= FEWEST && falseAlarms <= MOST)) {
            throw new IllegalArgumentException(
                    "--false-alarms is 0.000001 to 1000 in a million results, not " + falseAlarms);
        }
    }

    /** It has a consumer group of its own. */
    public String applicationId() {
        return classifierId + "-drift";
    }

    Map<String, Object> streams(Path folder) {
        return kafka.client(ObserverSettings.streams(applicationId(), folder));
    }
}
