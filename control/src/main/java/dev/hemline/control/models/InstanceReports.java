package dev.hemline.control.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What running classifier instances say about models.
 *
 * @param unreadable how many records of their topic are no reports
 */
record InstanceReports(List<ModelStatus> statuses, int unreadable) {
    static final InstanceReports NONE = new InstanceReports(List.of(), 0);

    /** Instances speak every 30 s; one that missed two heartbeats is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(75);

    /**
     * @param events of topic {@code model-status}, all that there are
     * @param writers schemas of other releases
     */
    static InstanceReports of(List<ConsumerRecord<byte[], byte[]>> events, Instant now, WriterSchemas writers) {
        EventSerde<ModelStatus> statuses = EventSerde.of(ModelStatus.class).reading(writers);
        Map<String, ModelStatus> newest = new TreeMap<>();
        int unreadable = 0;
        for (ConsumerRecord<byte[], byte[]> event : events) {
            if (event.key() == null) {
                unreadable++;
                continue;
            }
            String key = new String(event.key(), UTF_8);
            newest.remove(key);
            if (event.value() != null) {
                Optional<ModelStatus> status = read(key, event.value(), statuses);
                status.ifPresent(said -> newest.put(key, said));
                unreadable += status.isEmpty() ? 1 : 0;
            }
        }
        return new InstanceReports(
                newest.values().stream()
                        .filter(status -> status.getAt().isAfter(now.minus(SILENCE)))
                        .toList(),
                unreadable);
    }

    /** Empty where it is none, or speaks for others; what the instance said before is out of date all the same. */
    private static Optional<ModelStatus> read(String key, byte[] value, EventSerde<ModelStatus> statuses) {
        try {
            ModelStatus said = statuses.decode(value);
            return EventChecks.fault(said).isEmpty()
                            && key.startsWith(said.getApplicationId() + "/" + said.getInstance() + "/")
                    ? Optional.of(said)
                    : Optional.empty();
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }

    /** Those that serve or refuse that version. */
    List<ModelStatus> of(ModelState state, String model, int version) {
        return statuses.stream()
                .filter(status -> status.getState() == state)
                .filter(status -> status.getModel().equals(model) && status.getVersion() == version)
                .toList();
    }

    /** The version of that model that an instance began to serve last. */
    Optional<Integer> serving(String model) {
        return serving()
                .filter(status -> status.getModel().equals(model))
                .reduce((earlier, later) -> later)
                .map(ModelStatus::getVersion);
    }

    /** By application id, which of these models an instance of it began to serve last. */
    Map<String, String> served(Set<String> models) {
        Map<String, String> served = new TreeMap<>();
        serving()
                .filter(status -> models.contains(status.getModel()))
                .forEach(status -> served.put(status.getApplicationId(), status.getModel()));
        return served;
    }

    /** In the order in which they began to. */
    private Stream<ModelStatus> serving() {
        return statuses.stream()
                .filter(status -> status.getState() == ModelState.SERVING)
                .sorted(Comparator.comparing(ModelStatus::getSince));
    }
}
