package dev.hemline.quickstart.metrics;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.service.Metrics;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md against what a trainer, a classifier and a producer at work really serve. */
class MetricsPageIT {
    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldTellOfEverySeriesThereIsAndOfNoOther() throws Exception {
        SeriesTable table = SeriesTable.read();
        Path data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
        int classifierPort = FreePort.any();
        int trainerPort = FreePort.any();
        try (ChildProcess trainer = start(
                        "trainer",
                        trainerPort,
                        "--data",
                        data.toString(),
                        "--at-start",
                        "--epochs",
                        "2",
                        "--batch-size",
                        "32");
                ChildProcess classifier = start(
                        "classifier",
                        classifierPort,
                        "--fetch-from",
                        folder.toUri().toString(),
                        "--state-dir",
                        folder.resolve("state").toString())) {
            var registry = Metrics.registry("producer");
            send(registry, 500);

            // When the slowest one is there, so are the others.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(Scrape.of(classifierPort).has("hemline_confusion_results"))
                            .as(() -> classifier.lastLines() + "\n" + trainer.lastLines())
                            .isTrue());

            // Whether there is an alarm, or a label by lot already, is not for this run to decide.
            List<Series> atTimes =
                    table.of("While an alarm stands", "Once labels that were asked for by lot have come");
            assertThat(atTimes).hasSize(3);
            assertThat(Scrape.of(classifierPort).ours())
                    .filteredOn(series -> !atTimes.contains(series))
                    .containsExactlyInAnyOrderElementsOf(table.of("Classifier", "Scores", "Drift", "HTTP"));
            assertThat(Scrape.of(trainerPort).ours()).containsExactlyInAnyOrderElementsOf(table.of("Trainer", "HTTP"));
            assertThat(new Scrape(registry.scrape()).ours()).containsExactlyInAnyOrderElementsOf(table.of("Producer"));
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                Scrape scrape = Scrape.of(classifierPort);
                assertThat(table.of("From Kafka"))
                        .isNotEmpty()
                        .allSatisfy(series -> assertThat(scrape.has(series.name()))
                                .as(series.name())
                                .isTrue());
            });
        }
    }

    private ChildProcess start(String verb, int port, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--bootstrap-servers", BROKER.bootstrapServers(), "--http-port", Integer.toString(port)));
        arguments.addAll(List.of(more));
        return ChildProcess.start(ChildCommand.of(verb, "512m", arguments), folder.resolve(verb + ".log"));
    }

    private static void send(MeterRegistry registry, int count) {
        var settings =
                new ProducerSettings(0, count, ImageEncoding.GRAY8, 7, 0.05, LabelDelivery.parse("late:0"), "it");
        new ImageEventProducer(settings, FashionMnistFixture.load().test(), BROKER.settings(), registry)
                .run(() -> false);
    }
}
