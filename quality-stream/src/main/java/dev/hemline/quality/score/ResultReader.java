package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.Classification;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Takes from each result what scoring needs, if a classifier can have written it. */
final class ResultReader extends ContextualProcessor<byte[], byte[], String, JoinInput> {
    private final EventSerde<Classification> results;
    private final ScoreListener listener;

    ResultReader(EventSerde<Classification> results, ScoreListener listener) {
        this.results = results;
        this.listener = listener;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Classification result;
        try {
            result = results.decode(record.value());
        } catch (UndecodableEventException e) {
            listener.undecodableResult();
            listener.passedOver(Topics.CLASSIFICATIONS.name(), String.valueOf(e.getMessage()));
            return;
        }
        Optional<String> fault = EventChecks.fault(result);
        if (fault.isPresent()) {
            listener.invalidResult();
            listener.passedOver(Topics.CLASSIFICATIONS.name(), fault.get());
            return;
        }
        var answer = new Answer(
                result.getModelName(),
                result.getModelVersion(),
                result.getLabel(),
                result.getProbabilities().size(),
                result.getConfidence(),
                result.getClassifiedAt(),
                result.getSource(),
                null);
        context()
                .forward(new Record<>(
                        result.getId(),
                        new JoinInput.Result(answer),
                        record.timestamp(),
                        CarriedHeaders.of(record.headers())));
    }
}
