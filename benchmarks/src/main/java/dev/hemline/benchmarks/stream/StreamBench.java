package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.stream.StreamReport.Row;
import dev.hemline.benchmarks.stream.Way.Assignment;
import dev.hemline.benchmarks.tournament.Ratio;
import dev.hemline.benchmarks.tournament.Speed;
import dev.hemline.benchmarks.tournament.Spread;
import dev.hemline.benchmarks.tournament.TurnListener;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.tap.GroupOffsets;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Lets every way work the same backlog off, one after the other and round after round; the broker is in this JVM. */
final class StreamBench {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String MODEL = "streamed";

    private final StreamSettings settings;
    private final Path folder;
    private final TurnListener progress;
    private final PeerModel model;
    private final Map<Way, List<Turn>> turns = new EnumMap<>(Way.class);
    private final Map<Way, Long> otherLabels = new EnumMap<>(Way.class);
    private final List<Double> bareMicros = new ArrayList<>();
    private @Nullable Answers first;

    /** @param folder for the broker's data, local state and the children's logs */
    StreamBench(StreamSettings settings, Path folder, TurnListener progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
        this.model = settings.model();
        settings.contenders().forEach(way -> turns.put(way, new ArrayList<>()));
    }

    /** @throws IllegalStateException if the contenders do not answer the same events */
    StreamReport run() throws InterruptedException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        LabelledImages images = FashionMnist.load(null).test();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
                BareInference bare = BareInference.of(model, images)) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
            KafkaTopics.ensure(kafka, Topics.ALL);
            publish(kafka);
            send(kafka, images);
            // The broker is in this JVM: while that compiles, a turn would be slow on its account.
            progress.turn(0, settings.rounds() * settings.contenders().size(), "warm-up");
            var unused = play(settings.contenders().get(0), "warm-up", kafka);
            int before = 0;
            for (int round = 0; round < settings.rounds(); round++) {
                bareMicros.add(bare.micros());
                for (Way way : settings.contenders()) {
                    progress.turn(
                            before, settings.rounds() * settings.contenders().size(), way.title());
                    turn(way, round, kafka);
                    before++;
                }
            }
        }
        return report(load);
    }

    private void publish(KafkaSettings kafka) {
        UntrainedModel untrained = model.published();
        try (var models = ModelPublisher.open(MODEL, kafka.client(Map.of()))) {
            models.publish(untrained.draft(), untrained.archive());
        }
    }

    private void send(KafkaSettings kafka, LabelledImages images) {
        var backlog = new ProducerSettings(
                0, settings.events(), ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "bench-stream");
        new ImageEventProducer(backlog, images, kafka, new SimpleMeterRegistry()).run(() -> false);
    }

    private void turn(Way way, int round, KafkaSettings kafka) throws InterruptedException {
        String name = way.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + round;
        Map<TopicPartition, Long> from = Answers.ends(kafka);
        turns(way).add(play(way, name, kafka));
        Answers answers = Answers.since(from, kafka);
        if (first == null) {
            first = answers;
        }
        otherLabels.merge(way, answers.differentFrom(first, way.title()), Math::max);
    }

    private Turn play(Way way, String name, KafkaSettings kafka) throws InterruptedException {
        try (ChildProcess process = ChildProcess.start(
                        way.command(new Assignment(
                                kafka, name, settings.model(), settings.guarantee(), folder.resolve(name))),
                        folder.resolve(name + ".log"));
                var offsets = new GroupOffsets(kafka, name)) {
            Turn turn = Turn.watch(process, offsets, settings.events());
            process.stop(PATIENCE);
            return turn;
        }
    }

    private List<Turn> turns(Way way) {
        return Objects.requireNonNull(turns.get(way));
    }

    private StreamReport report(double load) {
        Spread bare = Spread.of(bareMicros);
        List<Row> rows = new ArrayList<>();
        for (Way way : settings.contenders()) {
            Spread micros =
                    Spread.of(turns(way).stream().map(Turn::processorMicros).toList());
            rows.add(new Row(
                    way.title(),
                    speed(way),
                    micros,
                    bare.median() / micros.median(),
                    Objects.requireNonNull(otherLabels.get(way))));
        }
        List<Ratio> ratios = rows.stream()
                .skip(1)
                .map(row -> Ratio.of(rows.get(0).eventsPerSecond(), row.eventsPerSecond()))
                .toList();
        return new StreamReport(
                settings.model(),
                settings.guarantee(),
                settings.events(),
                settings.rounds(),
                StreamSettings.THREADS,
                Runtime.getRuntime().availableProcessors(),
                load,
                bare,
                rows,
                ratios);
    }

    private Speed speed(Way way) {
        return Speed.of(
                way.title(), turns(way).stream().map(Turn::eventsPerSecond).toList());
    }
}
