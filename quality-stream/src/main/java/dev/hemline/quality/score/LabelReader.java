package dev.hemline.quality.score;

import dev.hemline.event.GroundTruth;
import dev.hemline.service.streams.ConsumedRecord;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads labels that anybody may have written, here or on the topic between, and puts them under their id, whatever key they came
 * with. What a score does not need stays behind: a label that was as large as its topic allows could not be written a second
 * time. From here on a label's time is that of its arrival; when it was found out stands in it.
 */
final class LabelReader<K, V> extends ContextualProcessor<byte[], byte[], K, V> {
    private static final int MOST_CHARS_OF_A_LABELLER = 100;

    private final EventSerde<GroundTruth> labels;
    private final String topic;
    private final ScoreListener listener;
    private final Function<GroundTruth, KeyValue<K, V>> as;

    /**
     * Of one topic.
     *
     * @param topic that they are read from, for people
     * @param as how they travel on
     */
    LabelReader(
            EventSerde<GroundTruth> labels,
            String topic,
            ScoreListener listener,
            Function<GroundTruth, KeyValue<K, V>> as) {
        this.labels = labels;
        this.topic = topic;
        this.listener = listener;
        this.as = as;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        GroundTruth label;
        try {
            label = labels.read(
                    ConsumedRecord.of(record, context().recordMetadata().orElseThrow()));
        } catch (UndecodableEventException e) {
            listener.label(LabelOutcome.UNDECODABLE);
            listener.passedOver(topic, String.valueOf(e.getMessage()));
            return;
        }
        Optional<String> fault = EventChecks.fault(label);
        if (fault.isPresent()) {
            listener.label(LabelOutcome.INVALID);
            listener.passedOver(topic, fault.get());
            return;
        }
        KeyValue<K, V> lean = as.apply(
                GroundTruth.newBuilder(label).setBy(shortened(label.getBy())).build());
        context().forward(new Record<>(lean.key, lean.value, context().currentSystemTimeMs(), new RecordHeaders()));
    }

    /** It is kept by id, and anybody may write anything. */
    private static String shortened(String by) {
        return by.substring(0, Math.min(by.length(), MOST_CHARS_OF_A_LABELLER));
    }
}
