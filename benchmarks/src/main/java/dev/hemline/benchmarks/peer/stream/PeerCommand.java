package dev.hemline.benchmarks.peer.stream;

import dev.hemline.benchmarks.peer.stream.PeerModel.Form;
import dev.hemline.model.archive.Precision;
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

    /** How to get from events to results. */
    enum Contender {
        PER_RECORD,
        LOOP,
        FLINK
    }

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--way", required = true, paramLabel = "<way>", description = "per_record, loop or flink.")
    Contender contender = Contender.PER_RECORD;

    @Option(names = "--form", required = true, description = "djl_blocks or archive.")
    Form form = Form.ARCHIVE;

    @Option(names = "--guarantee", required = true, description = "exactly_once_v2 or at_least_once.")
    Guarantee guarantee = Guarantee.EXACTLY_ONCE_V2;

    @Option(names = "--network", required = true, description = "Network of the model.")
    String network = "";

    @Option(names = "--precision", required = true, description = "Of the archive: float32 or bfloat16.")
    Precision precision = Precision.FLOAT32;

    @Option(names = "--application-id", required = true, description = "The consumer group.")
    String group = "";

    @Option(names = "--threads", required = true, description = "Threads that classify, each for itself.")
    int threads;

    @Option(names = "--max-batch", required = true, description = "Images per call where there are batches.")
    int maxBatch;

    @Option(names = "--state-dir", required = true, description = "Where local state goes.")
    Path stateFolder = Path.of(".");

    @Override
    public Integer call() throws Exception {
        TorchEngine.start(1);
        KafkaSettings brokers = kafka.settings();
        var model = new PeerModel(network, precision);
        try (StopSignal stop = StopSignal.onTermination(GRACE)) {
            switch (contender) {
                case PER_RECORD -> perRecord(model, brokers, stop);
                case LOOP -> loops(model, brokers, stop);
                case FLINK -> FlinkJob.run(this, model, brokers, stop);
            }
        }
        return 0;
    }

    private void perRecord(PeerModel model, KafkaSettings brokers, StopSignal stop) {
        Map<String, Object> settings = brokers.client(Map.of(
                "application.id", group,
                "processing.guarantee", guarantee.toString(),
                "commit.interval.ms", Guarantee.COMMIT.toMillis(),
                "num.stream.threads", Integer.toString(threads),
                "state.dir", stateFolder.toString(),
                "consumer.auto.offset.reset", "earliest"));
        PerRecord.run(model, form, settings, stop);
    }

    /** Ends all of them when one fails: the rest alone would look like a slow contender. */
    private void loops(PeerModel model, KafkaSettings brokers, StopSignal stop)
            throws InterruptedException, ExecutionException {
        Map<String, Object> consumer = brokers.client(Map.of(
                "group.id", group,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest"));
        ExecutorService running = Executors.newFixedThreadPool(threads);
        try {
            var ended = new ExecutorCompletionService<Boolean>(running);
            for (int i = 0; i < threads; i++) {
                Map<String, Object> producer = brokers.client(producerSettings(i));
                ended.submit(() -> loop(model, consumer, producer, stop), true);
            }
            for (int i = 0; i < threads; i++) {
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
        try (var classifier = new EventClassifier(model.open(form));
                var producer = new KafkaProducer<>(
                        producerSettings,
                        results.keySerde().serializer(),
                        results.valueSerde().serializer());
                var consumer = new KafkaConsumer<>(
                        consumerSettings,
                        events.keySerde().deserializer(),
                        events.valueSerde().deserializer())) {
            new Loop(guarantee, classifier, maxBatch, consumer, producer, stop::requested).run();
        }
    }

    private Map<String, String> producerSettings(int thread) {
        return switch (guarantee) {
            case EXACTLY_ONCE_V2 -> Map.of("transactional.id", group + "-" + thread, "linger.ms", "100");
            case AT_LEAST_ONCE -> Map.of("linger.ms", "100");
        };
    }
}
