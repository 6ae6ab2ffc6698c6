package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.Classification;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Takes from each result what scoring needs. */
final class ResultReader extends ContextualProcessor<byte[], byte[], String, JoinInput> {
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);

    private final ScoreListener listener;

    ResultReader(ScoreListener listener) {
        this.listener = listener;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Classification result;
        try {
            result = RESULTS.decode(record.value());
        } catch (UndecodableEventException e) {
            listener.undecodableResult();
            return;
        }
        var answer = new Answer(
                result.getModelName(),
                result.getModelVersion(),
                result.getLabel(),
                result.getProbabilities().size(),
                result.getConfidence(),
                result.getClassifiedAt());
        context()
                .forward(new Record<>(
                        result.getId(), new JoinInput.Result(answer), record.timestamp(), new RecordHeaders()));
    }
}
