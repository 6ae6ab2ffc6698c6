package dev.hemline.control.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What running classifier instances say about models. */
record InstanceReports(List<ModelStatus> statuses) {
    /** Instances speak every 30 s; one that missed two heartbeats is gone. */
    static final Duration SILENCE = Duration.ofSeconds(75);

    /** Those that serve or refuse that version. */
    List<ModelStatus> of(ModelState state, String model, int version) {
        return statuses.stream()
                .filter(status -> status.getState() == state)
                .filter(status -> status.getModel().equals(model) && status.getVersion() == version)
                .toList();
    }

    /** The version of that model that an instance began to serve last. */
    Optional<Integer> serving(String model) {
        return statuses.stream()
                .filter(status -> status.getState() == ModelState.SERVING)
                .filter(status -> status.getModel().equals(model))
                .max(Comparator.comparing(ModelStatus::getSince))
                .map(ModelStatus::getVersion);
    }

    /** Goes through topic {@code model-status}. */
    static final class Collector {
        private final Map<String, ModelStatus> newest = new TreeMap<>();

        void add(ConsumerRecord<byte[], byte[]> event) {
            String key = new String(event.key(), UTF_8);
            newest.remove(key);
            if (event.value() != null) {
                try {
                    newest.put(
                            key,
                            Topics.MODEL_STATUS.valueSerde().deserializer().deserialize(event.topic(), event.value()));
                } catch (UndecodableEventException e) {
                    // What the instance said before is out of date all the same.
                }
            }
        }

        InstanceReports result(Instant now) {
            return new InstanceReports(newest.values().stream()
                    .filter(status -> status.getAt().isAfter(now.minus(SILENCE)))
                    .toList());
        }
    }
}
