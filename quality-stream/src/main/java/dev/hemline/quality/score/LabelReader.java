package dev.hemline.quality.score;

import dev.hemline.event.GroundTruth;
import dev.hemline.topic.EventChecks;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads labels that anybody may have written, here or on the topic between, and puts them under their id, whatever key they came
 * with. What a score does not need stays behind: a label that was as large as its topic allows could not be written a second
 * time.
 */
final class LabelReader<K> extends ContextualProcessor<K, GroundTruth, String, GroundTruth> {
    private final String topic;
    private final ScoreListener listener;

    /** @param topic that they are read from, for people */
    LabelReader(String topic, ScoreListener listener) {
        this.topic = topic;
        this.listener = listener;
    }

    @Override
    public void process(Record<K, GroundTruth> record) {
        GroundTruth label = record.value();
        if (label == null) {
            listener.label(LabelOutcome.UNDECODABLE);
            listener.passedOver(topic, "it is no GroundTruth in Avro's single-object encoding");
            return;
        }
        Optional<String> fault = EventChecks.fault(label);
        if (fault.isPresent()) {
            listener.label(LabelOutcome.INVALID);
            listener.passedOver(topic, fault.get());
            return;
        }
        GroundTruth lean = GroundTruth.newBuilder(label).setBy("").build();
        context().forward(new Record<>(label.getId(), lean, record.timestamp(), new RecordHeaders()));
    }
}
