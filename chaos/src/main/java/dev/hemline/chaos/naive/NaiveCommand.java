package dev.hemline.chaos.naive;

import dev.hemline.classifier.ClassifierOptions;
import dev.hemline.classifier.ClassifierSettings;
import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.lifecycle.ModelLifecycle;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.image.ImageDecoder;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.StopSignal;
import dev.hemline.service.Verb;
import dev.hemline.service.trace.Tracing;
import dev.hemline.testbed.stream.TopicFollower;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline chaos-naive}: a classifier that loses events, so that somebody sees whether the check finds them missing. */
@Command(
        name = NaiveCommand.VERB,
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Classifies for 'hemline chaos --design naive', which starts it, and loses events.")
public final class NaiveCommand implements Verb, Callable<Integer> {
    public static final String VERB = "chaos-naive";
    private static final Duration GRACE = Duration.ofSeconds(9);

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    ClassifierOptions classifying = new ClassifierOptions();

    @Option(names = "--state-dir", required = true, description = "Where Kafka Streams keeps local state.")
    Path stateFolder = Path.of(".");

    @Option(names = "--http-port", description = "Taken and not used: nobody asks it anything.")
    int httpPort;

    @Override
    @SuppressWarnings("try") // the follower only has to be there
    public Integer call() {
        TorchEngine.start(1);
        ClassifierSettings settings = classifying.settings(kafka.settings(), stateFolder);
        var registry = new ModelRegistry();
        var models = new NaiveModels();
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                registry;
                InferenceEngine engine = new InferenceEngine(
                        settings.engine(),
                        registry,
                        new ImageEventReader(),
                        new ImageDecoder(settings.images()),
                        ClassifierListener.NONE,
                        Tracing.OFF);
                ModelLifecycle lifecycle = new ModelLifecycle(
                        models,
                        settings.admission(),
                        classifying.loader(),
                        registry,
                        "serves",
                        ClassifierListener.NONE);
                TopicFollower follower = TopicFollower.start(
                        "naive-models",
                        new TopicReader(settings.kafka().client(Map.of())).fromBeginning(List.of(Topics.MODELS)),
                        records -> {
                            records.forEach(models::add);
                            lifecycle.modelsChanged();
                        })) {
            // Exactly once by every setting there is: they are a right classifier's.
            KafkaStreams streams = new KafkaStreams(topology(engine), new StreamsConfig(settings.streams()));
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.ERROR) {
                    stop.request();
                }
            });
            streams.start();
            stop.await();
            streams.close(CloseOptions.timeout(Duration.ofSeconds(5))
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
        return 0;
    }

    private static Topology topology(InferenceEngine engine) {
        return new Topology()
                .addSource(
                        "images", new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.IMAGE_EVENTS.name())
                .addProcessor("buffer", () -> new BufferingProcessor(engine), "images")
                .addSink(
                        BufferingProcessor.CLASSIFICATIONS,
                        Topics.CLASSIFICATIONS.name(),
                        Topics.CLASSIFICATIONS.keySerde().serializer(),
                        Topics.CLASSIFICATIONS.valueSerde().serializer(),
                        "buffer")
                .addSink(
                        BufferingProcessor.DEAD_LETTERS,
                        Topics.IMAGE_EVENTS_DLQ.name(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "buffer");
    }
}
