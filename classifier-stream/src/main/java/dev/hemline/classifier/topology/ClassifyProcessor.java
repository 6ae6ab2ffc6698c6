package dev.hemline.classifier.topology;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Forwards each event's outcome in the event's turn. */
final class ClassifyProcessor extends ContextualProcessor<byte[], byte[], byte[], Outcome> {
    private static final long MAX_HEADER_BYTES = 64 << 10;

    private final PrefetchedOutcomes prefetched;
    private final Consumer<Outcome> forwarded;

    ClassifyProcessor(PrefetchedOutcomes prefetched, Consumer<Outcome> forwarded) {
        this.prefetched = prefetched;
        this.forwarded = forwarded;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context().recordMetadata().orElseThrow();
        Outcome outcome = prefetched.take(at.partition(), at.offset(), record.value());
        context().forward(withRoomForTheResult(record, outcome).withValue(outcome));
        forwarded.accept(outcome);
    }

    /**
     * Headers travel on with the result, for traces and the like. A compressed event may carry more of them than a
     * result may have; a dead letter's are its own affair.
     */
    private static Record<byte[], byte[]> withRoomForTheResult(Record<byte[], byte[]> record, Outcome outcome) {
        return outcome instanceof Classified && size(record.headers()) > MAX_HEADER_BYTES
                ? record.withHeaders(new RecordHeaders())
                : record;
    }

    private static long size(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** The partition may go to another instance. */
    @Override
    public void close() {
        prefetched.forget(context().taskId().partition());
    }
}
