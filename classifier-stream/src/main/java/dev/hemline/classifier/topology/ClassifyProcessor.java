package dev.hemline.classifier.topology;

import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.classifier.outcome.SampleLoss;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.classifier.sample.Sampling;
import dev.hemline.event.Classification;
import dev.hemline.event.Sample;
import dev.hemline.service.streams.ConsumedRecord;
import dev.hemline.service.trace.RecordTrace;
import dev.hemline.service.trace.RecordTrace.Scope;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventNames;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Forwards each event's outcome in the event's turn: a result under its id, with its sample if it has one, or the event itself to
 * the dead letters. Of an event that a challenger cannot answer, it leaves nothing: the champion's dead letter tells.
 */
final class ClassifyProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {
    private static final List<String> PICTURES_TYPE =
            List.of("content-type", "ce_dataschema", "ce_dataref", "hemline.content-sha256");

    private final Role role;
    private final PrefetchedOutcomes prefetched;
    private final OutputLimits limits;
    private final ClassifierListener listener;
    private final Tracing tracing;

    ClassifyProcessor(
            Role role,
            PrefetchedOutcomes prefetched,
            OutputLimits limits,
            ClassifierListener listener,
            Tracing tracing) {
        this.role = role;
        this.prefetched = prefetched;
        this.limits = limits;
        this.listener = listener;
        this.tracing = tracing;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context().recordMetadata().orElseThrow();
        ConsumerRecord<byte[], byte[]> event = ConsumedRecord.of(record, at);
        Outcome outcome = prefetched.take(event);
        RecordTrace trace = tracing.turn(at.partition(), at.offset());
        if (outcome instanceof Classified classified) {
            context()
                    .forward(
                            result(record, classified.classification(), trace),
                            role.results().name());
            if (classified.sample() != null) {
                forward(classified.sample(), classified.classification(), record.timestamp());
            }
            trace.forwarded(null);
        } else if (outcome instanceof Rejected rejected) {
            if (role == Role.CHAMPION) {
                EventNames names = prefetched.names(event);
                context().forward(deadLetter(event, names.id(), rejected), ClassifierTopology.DEAD_LETTERS);
                listener.rejectedOf(names.source());
            }
            trace.forwarded(rejected.reason().code());
        } else {
            trace.forwarded(null);
        }
        try (Scope measured = trace.makeCurrent()) {
            listener.forwarded(outcome);
        }
        prefetched.done(at.partition(), at.offset());
    }

    private void forward(Sample sample, Classification answer, long timestamp) {
        if (!limits.samplesTaken()) {
            listener.sampleLeftOut(SampleLoss.NOT_TAKEN);
        } else if (limits.sampleFits(
                Sampling.mostBytes(answer, sample.getPixels().remaining()))) {
            context()
                    .forward(
                            new Record<>(sample.getId(), sample, timestamp, new RecordHeaders()),
                            ClassifierTopology.SAMPLES);
        } else {
            listener.sampleLeftOut(SampleLoss.TOO_LARGE);
        }
    }

    /** Headers travel on, for traces and the like, unless a compressed event carries more than a result may have. */
    private Record<Object, Object> result(Record<byte[], byte[]> record, Classification result, RecordTrace trace) {
        Headers kept = limits.headersFit(DeadLetter.size(record.headers())) ? record.headers() : new RecordHeaders();
        Headers headers = trace.carriedOn(withoutPicturesType(kept));
        return new Record<>(result.getId(), result, record.timestamp(), headers);
    }

    /** What is said of the picture's bytes is not true of the result's. */
    private static Headers withoutPicturesType(Headers headers) {
        if (PICTURES_TYPE.stream().allMatch(name -> headers.lastHeader(name) == null)) {
            return headers;
        }
        Headers others = new RecordHeaders(headers);
        PICTURES_TYPE.forEach(others::remove);
        return others;
    }

    private Record<Object, Object> deadLetter(
            ConsumerRecord<byte[], byte[]> event, Optional<String> id, Rejected rejected) {
        DeadLetter letter = DeadLetter.of(event, id, rejected).fitting(limits);
        return new Record<>(letter.key(), letter.value(), event.timestamp(), letter.headers());
    }

    /** The partition may go to another instance. */
    @Override
    public void close() {
        prefetched.forget(context().taskId().partition());
        tracing.forget(context().taskId().partition());
    }
}
