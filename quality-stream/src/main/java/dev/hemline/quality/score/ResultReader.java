package dev.hemline.quality.score;

import dev.hemline.event.Classification;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Reads results that a classifier can have written; of their headers only what scores carry on is left. */
final class ResultReader extends ContextualProcessor<byte[], byte[], String, Classification> {
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
        context()
                .forward(new Record<>(result.getId(), result, record.timestamp(), CarriedHeaders.of(record.headers())));
    }
}
