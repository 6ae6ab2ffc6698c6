package dev.hemline.chaos.naive;

import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.event.Classification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Batches as one would think of first: records wait in the processor until there are enough of them or some time has passed.
 * That is wrong. Kafka Streams takes a record that {@code process} has returned from for done, and commits it while it still
 * waits; when the process ends then, nobody ever answers it.
 */
final class BufferingProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {
    static final String CLASSIFICATIONS = "to-classifications";
    static final String DEAD_LETTERS = "to-dead-letters";
    private static final int FULL = 100;
    /** Many commits long, so that whenever the process is ended something is lost, and not only mostly. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final InferenceEngine engine;
    private final List<ConsumerRecord<byte[], byte[]>> waiting = new ArrayList<>();

    BufferingProcessor(InferenceEngine engine) {
        this.engine = engine;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        context.schedule(LONGEST_WAIT, PunctuationType.WALL_CLOCK_TIME, now -> forwardAll());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context().recordMetadata().orElseThrow();
        waiting.add(new ConsumerRecord<>(at.topic(), at.partition(), at.offset(), record.key(), record.value()));
        if (waiting.size() >= FULL) {
            forwardAll();
        }
    }

    private void forwardAll() {
        while (!waiting.isEmpty()) {
            // As many as the engine has room for.
            List<CompletableFuture<Outcome>> outcomes =
                    engine.submit(waiting).stream().flatMap(Optional::stream).toList();
            for (int i = 0; i < outcomes.size(); i++) {
                forward(waiting.get(i), outcomes.get(i).join());
            }
            waiting.subList(0, outcomes.size()).clear();
        }
    }

    private void forward(ConsumerRecord<byte[], byte[]> record, Outcome outcome) {
        long now = context().currentSystemTimeMs();
        if (outcome instanceof Classified classified) {
            Classification result = classified.classification();
            context().forward(new Record<>(result.getId(), result, now), CLASSIFICATIONS);
        } else {
            context().forward(new Record<>(record.key(), record.value(), now), DEAD_LETTERS);
        }
    }
}
