package dev.hemline.chaos.naive;

import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.classifier.lifecycle.ModelLifecycle;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageLimits;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.StopSignal;
import dev.hemline.service.Verb;
import dev.hemline.testbed.tap.TopicFollower;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--application-id", required = true, description = "The group of the classifiers.")
    String group = "";

    @Option(names = "--trusted-keys", required = true, description = "Whose models may serve.")
    Path trustedKeys = Path.of(".");

    @Option(names = "--max-model-bytes", required = true, description = "Refuse larger models.")
    long maxModelBytes;

    @Option(names = "--stream-threads", required = true, description = "Threads that poll, forward and commit.")
    int streamThreads;

    @Option(names = "--state-dir", required = true, description = "Where Kafka Streams keeps local state.")
    Path stateFolder = Path.of(".");

    @Option(names = "--http-port", description = "Taken and not used: nobody asks it anything.")
    int httpPort;

    @Override
    @SuppressWarnings("try") // the follower only has to be there
    public Integer call() throws KeyFileException {
        TorchEngine.start(1);
        KafkaSettings brokers = kafka.settings();
        var admission = new Admission(Optional.of(TrustedKeys.read(List.of(trustedKeys))), maxModelBytes);
        var registry = new ModelRegistry();
        var models = new NaiveModels();
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                registry;
                InferenceEngine engine = new InferenceEngine(
                        new EngineSettings(1, 128),
                        registry,
                        new ImageDecoder(ImageLimits.DEFAULT),
                        ClassifierListener.NONE);
                ModelLifecycle lifecycle =
                        new ModelLifecycle(models, admission, new DjlModelLoader(), registry, ClassifierListener.NONE);
                TopicFollower follower = TopicFollower.start(
                        "naive-models",
                        new TopicReader(brokers.client(Map.of())).fromBeginning(List.of(Topics.MODELS)),
                        records -> {
                            records.forEach(models::add);
                            lifecycle.modelsChanged();
                        })) {
            KafkaStreams streams = new KafkaStreams(topology(engine), new StreamsConfig(settings(brokers)));
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

    /** Exactly once by every setting there is, as ours. */
    private Map<String, Object> settings(KafkaSettings brokers) {
        return brokers.client(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                group,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                streamThreads,
                StreamsConfig.STATE_DIR_CONFIG,
                stateFolder.toString(),
                StreamsConfig.consumerPrefix("session.timeout.ms"),
                10_000,
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest",
                StreamsConfig.producerPrefix("transaction.timeout.ms"),
                TRANSACTION_TIMEOUT_MS));
    }
}
