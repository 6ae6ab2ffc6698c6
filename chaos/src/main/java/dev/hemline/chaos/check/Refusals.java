package dev.hemline.chaos.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.topic.EventSerde;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which versions classifiers said they refuse, and why; an instance says it again and again. */
final class Refusals {
    private static final EventSerde<ModelStatus> STATUSES = EventSerde.of(ModelStatus.class);

    private final Map<Integer, String> reasons = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        ModelStatus status = STATUSES.decode(record.value());
        if (status.getState() == ModelState.REFUSED) {
            reasons.put(status.getVersion(), status.getReason());
        }
    }

    /** Versions by reason. */
    Map<String, Long> byReason() {
        return reasons.values().stream().collect(groupingBy(reason -> reason, counting()));
    }
}
