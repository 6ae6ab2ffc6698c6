package dev.hemline.classifier.topology;

import dev.hemline.classifier.lookahead.LookAhead;
import dev.hemline.classifier.outcome.Outcome;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Forwards each event's outcome in the event's turn. */
final class ClassifyProcessor extends ContextualProcessor<byte[], byte[], byte[], Outcome> {
    private final LookAhead lookAhead;
    private final Consumer<Outcome> forwarded;

    ClassifyProcessor(LookAhead lookAhead, Consumer<Outcome> forwarded) {
        this.lookAhead = lookAhead;
        this.forwarded = forwarded;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context().recordMetadata().orElseThrow();
        Outcome outcome = lookAhead.take(at.partition(), at.offset(), record.value());
        context().forward(record.withValue(outcome));
        forwarded.accept(outcome);
    }

    /** The partition may go to another instance. */
    @Override
    public void close() {
        lookAhead.forget(context().taskId().partition());
    }
}
