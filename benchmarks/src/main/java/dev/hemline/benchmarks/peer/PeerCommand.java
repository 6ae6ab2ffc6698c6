package dev.hemline.benchmarks.peer;

import dev.hemline.model.archive.Precision;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.StopSignal;
import dev.hemline.service.Verb;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench-peer}: another way to classify a stream, for {@code hemline bench stream} to start. */
@Command(
        name = PeerCommand.VERB,
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Classifies for 'hemline bench stream', which starts it and measures it.")
public final class PeerCommand implements Verb, Callable<Integer> {
    public static final String VERB = "bench-peer";
    private static final Duration GRACE = Duration.ofSeconds(9);

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--contender", required = true, description = "Any of --contenders but hemline.")
    Contender contender = Contender.LOOP;

    @Option(names = "--guarantee", required = true, description = "exactly_once_v2 or at_least_once.")
    Guarantee guarantee = Guarantee.EXACTLY_ONCE_V2;

    @Option(names = "--network", required = true, description = "Network of the model.")
    String network = "";

    @Option(names = "--precision", required = true, description = "Of the archive: float32 or bfloat16.")
    Precision precision = Precision.FLOAT32;

    @Option(names = "--application-id", required = true, description = "The consumer group.")
    String group = "";

    @Option(names = "--state-dir", required = true, description = "Where local state goes.")
    Path stateFolder = Path.of(".");

    @Override
    public Integer call() throws Exception {
        TorchEngine.start(1);
        KafkaSettings brokers = kafka.settings();
        var model = new PeerModel(network, precision);
        try (StopSignal stop = StopSignal.onTermination(GRACE)) {
            switch (contender) {
                case HEMLINE, HEMLINE_SCORES, HEMLINE_NO_DRIFT, HEMLINE_CHALLENGED ->
                    throw new IllegalArgumentException("--contender " + contender + " is the verb classifier");
                case PER_RECORD_DJL_BLOCKS -> perRecord(model::djlBlocks, brokers, stop);
                case PER_RECORD_ARCHIVE -> perRecord(model::archive, brokers, stop);
                case LOOP -> loops(model, brokers, stop);
                case FLINK -> FlinkJob.run(this, model, brokers, stop);
            }
        }
        return 0;
    }

    private void perRecord(Supplier<ImageClassifier> model, KafkaSettings brokers, StopSignal stop) {
        Map<String, Object> settings = brokers.client(Map.of(
                "application.id", group,
                "processing.guarantee", guarantee.toString(),
                "commit.interval.ms", Guarantee.COMMIT.toMillis(),
                "num.stream.threads", Integer.toString(Contender.THREADS),
                "state.dir", stateFolder.toString(),
                "consumer.auto.offset.reset", "earliest"));
        PerRecord.run(model, settings, stop);
    }

    /** Ends all of them when one fails: the rest alone would look like a slow contender. */
    private void loops(PeerModel model, KafkaSettings brokers, StopSignal stop)
            throws InterruptedException, ExecutionException {
        Map<String, Object> consumer = brokers.client(Map.of(
                "group.id", group,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest"));
        ExecutorService running = Executors.newFixedThreadPool(Contender.THREADS);
        try {
            var ended = new ExecutorCompletionService<Boolean>(running);
            for (int i = 0; i < Contender.THREADS; i++) {
                Map<String, Object> producer = brokers.client(producerSettings(i));
                ended.submit(() -> loop(model, consumer, producer, stop), true);
            }
            for (int i = 0; i < Contender.THREADS; i++) {
                ended.take().get();
            }
        } finally {
            stop.request();
            running.shutdown();
            running.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void loop(
            PeerModel model,
            Map<String, Object> consumerSettings,
            Map<String, Object> producerSettings,
            StopSignal stop) {
        var events = Topics.IMAGE_EVENTS;
        var results = Topics.CLASSIFICATIONS;
        try (var classifier = new EventClassifier(model.archive());
                var producer = new KafkaProducer<>(
                        producerSettings,
                        results.keySerde().serializer(),
                        results.valueSerde().serializer());
                var consumer = new KafkaConsumer<>(
                        consumerSettings,
                        events.keySerde().deserializer(),
                        events.valueSerde().deserializer())) {
            new Loop(guarantee, classifier, Contender.MAX_BATCH, consumer, producer, stop::requested).run();
        }
    }

    private Map<String, String> producerSettings(int thread) {
        return switch (guarantee) {
            case EXACTLY_ONCE_V2 -> Map.of("transactional.id", group + "-" + thread, "linger.ms", "100");
            case AT_LEAST_ONCE -> Map.of("linger.ms", "100");
        };
    }
}
