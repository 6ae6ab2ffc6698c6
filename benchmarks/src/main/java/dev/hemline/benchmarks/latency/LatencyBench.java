package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.stream.VersionedModel;
import dev.hemline.benchmarks.stream.Way;
import dev.hemline.benchmarks.tournament.TurnListener;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.topic.Topics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;

/**
 * Finds out what each contender is able to work off, then puts the same loads below that onto all, one contender after the
 * other and round after round. Broker, sender and readers are in this JVM.
 */
final class LatencyBench {
    private final LatencySettings settings;
    private final Path folder;
    private final TurnListener progress;
    private int turns;

    /** @param folder for the broker's data, local state and the children's logs */
    LatencyBench(LatencySettings settings, Path folder, TurnListener progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    /** @throws IllegalStateException if an event was not answered exactly once */
    LatencyReport run() throws InterruptedException {
        double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        LabelledImages images = FashionMnist.load(null).test();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
            KafkaTopics.ensure(kafka, Topics.ALL);
            try (VersionedModel model = VersionedModel.open(kafka, settings.model())) {
                model.publish();
                Plan plan = Plan.of(capacities(kafka, images), settings.shares());
                return new Evaluation(settings, plan, rounds(plan, kafka, images, model)).report(loadBefore);
            }
        }
    }

    private Map<Way, Double> capacities(KafkaSettings kafka, LabelledImages images) throws InterruptedException {
        var capacity = new Capacity(settings, kafka, folder);
        capacity.send(images);
        Map<Way, Double> capacities = new LinkedHashMap<>();
        for (Way way : settings.contenders()) {
            tellTurn(way.title() + ", capacity");
            capacities.put(way, capacity.of(way));
        }
        return capacities;
    }

    private LoadResults rounds(Plan plan, KafkaSettings kafka, LabelledImages images, VersionedModel model)
            throws InterruptedException {
        var results = new LoadResults();
        try (EventProducer producer = new EventProducer(kafka);
                ResultReader committed = ResultReader.start(kafka, IsolationLevel.READ_COMMITTED);
                ResultReader uncommitted = ResultReader.start(kafka, IsolationLevel.READ_UNCOMMITTED)) {
            var workload = new Workload(new OpenLoopSender(images, producer), producer, committed, uncommitted, model);
            var turn = new LatencyTurn(settings, plan, kafka, folder, workload, new LabelCheck(images.size()));
            for (int round = 0; round < settings.rounds(); round++) {
                for (Way way : settings.contenders()) {
                    tellTurn(way.title());
                    turn.take(way, round, results);
                }
            }
        }
        return results;
    }

    /** Finding out the capacities is a round of its own. */
    private void tellTurn(String contender) {
        progress.turn(turns, (1 + settings.rounds()) * settings.contenders().size(), contender);
        turns++;
    }
}
