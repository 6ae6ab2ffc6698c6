package dev.hemline.benchmarks.peer;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.service.StopSignal;
import dev.hemline.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/** The usual way with Kafka Streams: each record is classified when it comes. Each task has a classifier of its own. */
final class PerRecord extends ContextualFixedKeyProcessor<String, ImageEvent, Classification> {
    private final EventClassifier classifier;

    private PerRecord(EventClassifier classifier) {
        this.classifier = classifier;
    }

    /**
     * Runs until it is asked to stop.
     *
     * @param model opens a classifier
     * @throws IllegalStateException if it cannot go on
     */
    static void run(Supplier<ImageClassifier> model, Map<String, Object> settings, StopSignal stop) {
        var failure = new AtomicReference<@Nullable Throwable>();
        try (var streams = new KafkaStreams(topology(model), new StreamsConfig(settings))) {
            streams.setUncaughtExceptionHandler(problem -> {
                failure.compareAndSet(null, problem);
                stop.request();
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            stop.await();
            if (failure.get() != null) {
                throw new IllegalStateException("Kafka Streams could not go on", failure.get());
            }
        }
    }

    private static Topology topology(Supplier<ImageClassifier> model) {
        var builder = new StreamsBuilder();
        builder.stream(
                        Topics.IMAGE_EVENTS.name(),
                        Consumed.with(Topics.IMAGE_EVENTS.keySerde(), Topics.IMAGE_EVENTS.valueSerde()))
                .processValues(() -> new PerRecord(new EventClassifier(model.get())))
                .to(
                        Topics.CLASSIFICATIONS.name(),
                        Produced.with(Topics.CLASSIFICATIONS.keySerde(), Topics.CLASSIFICATIONS.valueSerde()));
        return builder.build();
    }

    @Override
    public void process(FixedKeyRecord<String, ImageEvent> record) {
        context()
                .forward(record.withValue(
                        classifier.classify(List.of(record.value())).get(0)));
    }

    @Override
    public void close() {
        classifier.close();
    }
}
