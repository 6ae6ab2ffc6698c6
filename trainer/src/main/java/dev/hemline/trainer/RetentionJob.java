package dev.hemline.trainer;

import dev.hemline.model.publish.Retention;
import dev.hemline.service.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retires old versions when a training is over.
 *
 * @param retention which; empty to keep all
 */
record RetentionJob(String model, KafkaSettings kafka, Optional<Retention> retention) {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);

    /** What fails is logged and done after the next training. */
    void afterTraining() {
        try {
            List<Integer> retired = retention
                    .map(kept -> kept.apply(model, kafka.client(Map.of()), "hemline trainer"))
                    .orElse(List.of());
            if (!retired.isEmpty()) {
                LOG.info("Retired old versions: {}", retired);
            }
        } catch (KafkaException e) {
            LOG.warn("Old versions were not retired; after the next training they will be: {}", e.toString());
        }
    }
}
