package dev.hemline.quality.score;

import dev.hemline.event.GroundTruth;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads labels that anybody may have written, and puts them under their id, whatever key they came with. What a score does
 * not need stays behind: a label that was as large as its topic allows could not be written a second time.
 */
final class LabelReader extends ContextualProcessor<byte[], byte[], String, GroundTruth> {
    /** No event with a longer one is ever classified. */
    private static final int MAX_ID_CHARS = 1024;

    private static final EventSerde<GroundTruth> LABELS = EventSerde.of(GroundTruth.class);

    private final ScoreListener listener;

    LabelReader(ScoreListener listener) {
        this.listener = listener;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        GroundTruth label;
        try {
            label = LABELS.decode(record.value());
        } catch (UndecodableEventException e) {
            listener.label(LabelOutcome.UNDECODABLE);
            return;
        }
        String id = label.getId();
        if (id.isEmpty() || id.length() > MAX_ID_CHARS || label.getLabel() < 0) {
            listener.label(LabelOutcome.INVALID);
            return;
        }
        GroundTruth lean = GroundTruth.newBuilder(label).setBy("").build();
        context().forward(new Record<>(id, lean, record.timestamp(), new RecordHeaders()));
    }
}
