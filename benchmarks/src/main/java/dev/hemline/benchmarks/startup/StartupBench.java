package dev.hemline.benchmarks.startup;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.stream.GroupStart;
import dev.hemline.benchmarks.stream.VersionedModel;
import dev.hemline.benchmarks.stream.Way;
import dev.hemline.benchmarks.tournament.TurnListener;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts every contender again and again, each time with one event waiting, and with more and more model versions on their
 * topic. The broker is in this JVM.
 */
final class StartupBench {
    private final StartupSettings settings;
    private final Path folder;
    private final TurnListener progress;
    private final List<StartupReport.Turn> turns = new ArrayList<>();
    private int started;

    /** @param folder for the broker's data, local state and the children's logs */
    StartupBench(StartupSettings settings, Path folder, TurnListener progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    /** @throws IllegalStateException if the contenders do not give the same answer */
    StartupReport run() throws InterruptedException {
        double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        LabelledImages images = FashionMnist.load(null).test();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
            KafkaTopics.ensure(kafka, Topics.ALL);
            try (VersionedModel model = VersionedModel.open(kafka, settings.model())) {
                int published = 0;
                for (int versions : settings.versions()) {
                    tellTurn("publishing " + versions + " versions");
                    while (published < versions) {
                        published = model.publish();
                    }
                    rounds(versions, kafka, images);
                }
            }
        }
        return StartupReport.of(settings, turns, loadBefore);
    }

    private void rounds(int versions, KafkaSettings kafka, LabelledImages images) throws InterruptedException {
        boolean first = versions == settings.versions().get(0);
        for (int round = first ? -settings.warmUp() : 0; round < settings.rounds(); round++) {
            for (Way way : settings.contenders()) {
                // The others do not look at the topic.
                if (first || way == Way.HEMLINE) {
                    tellTurn(way.title());
                    Start start = start(way, "start-" + started++, kafka, images);
                    requireSameLabel(way, start);
                    turns.add(new StartupReport.Turn(way, versions, round >= 0, start));
                }
            }
        }
    }

    private Start start(Way way, String name, KafkaSettings kafka, LabelledImages images) throws InterruptedException {
        GroupStart.atNextEvent(kafka, name);
        var one = new ProducerSettings(0, 1, ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "bench-startup");
        new ImageEventProducer(one, images, kafka, new SimpleMeterRegistry()).run(() -> false);
        return StartWatch.of(
                way,
                way.command(new Way.Assignment(
                        kafka, name, settings.model(), Guarantee.EXACTLY_ONCE_V2, folder.resolve(name))),
                kafka,
                folder.resolve(name + ".log"));
    }

    private void requireSameLabel(Way way, Start start) {
        if (!turns.isEmpty() && turns.get(0).start().label() != start.label()) {
            throw new IllegalStateException(way.title() + " says " + start.label() + " of an image of which "
                    + turns.get(0).way().title() + " said "
                    + turns.get(0).start().label());
        }
    }

    private void tellTurn(String what) {
        progress.turn(started, starts(), what);
    }

    private int starts() {
        long readers =
                settings.contenders().stream().filter(way -> way == Way.HEMLINE).count();
        return (settings.warmUp() + settings.rounds()) * settings.contenders().size()
                + (int) readers * (settings.versions().size() - 1) * settings.rounds();
    }
}
