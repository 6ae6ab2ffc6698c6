package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.control.models.ModelsCommand;
import dev.hemline.event.AttemptState;
import dev.hemline.event.ModelAttempt;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.archive.CodeArchive;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A version that ends the process that loads it, and ends of processes that are no version's fault. */
@Tag("long")
class CrashingModelIT {
    private static final String REFUSED = "Refused fashion-mnist v2 (crashed): ";

    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private KafkaSettings kafka;

    @BeforeEach
    void knowTheBroker() {
        kafka = broker.settings();
    }

    @Test
    void shouldRefuseAVersionThatEndsProcessesAfterItEndedOne() throws Exception {
        // Given two instances that serve v1
        TestModels.publish(kafka, 1);
        try (ChildClassifier first = start("first");
                ChildClassifier second = start("second")) {
            awaitServing(first, 1);
            awaitServing(second, 1);
            var stop = new AtomicBoolean();
            var sending = CompletableFuture.runAsync(() -> SentImages.sendUntil(stop::get, kafka, 50, 0.05));

            // When
            publish(UntrainedModel.of("tiny", 2).draft(), CodeArchive.endingProcesses());

            // Then one of them ends, and the other one serves on
            await().atMost(PATIENCE).until(() -> first.ended() || second.ended());
            ChildClassifier left = first.ended() ? second : first;
            awaitLine(left, REFUSED);

            // And whoever comes next does not end either
            try (ChildClassifier third = start("third")) {
                awaitServing(third, 1);
                assertThat(third.log()).contains(REFUSED);
                assertThat(modelsList()).contains("crashed");
                stop.set(true);
                sending.join();
                var outcomes = new Outcomes(broker.clients());
                await().atMost(PATIENCE)
                        .until(() -> outcomes.count()
                                >= outcomes.read(Topics.IMAGE_EVENTS).size());
                outcomes.assertEachEventHasOne();
                assertThat(outcomes.versions()).containsExactly(1);
                assertThat(Stream.of(first, second, third).filter(ChildClassifier::ended))
                        .hasSize(1);
            }
        }
    }

    @Test
    void shouldServeAVersionThatSomebodyKilledAnInstanceOver() throws Exception {
        try (CompactedTopic<ModelAttempt> attempts =
                new CompactedTopic<>(kafka, Topics.MODEL_ATTEMPTS, key -> true, PATIENCE)) {
            // Given an instance that is killed while it loads; it may be too late for that
            Map<String, AttemptState> standing = new TreeMap<>();
            UntrainedModel large = UntrainedModel.of("large", 1);
            int version = 0;
            do {
                publish(large.draft(), large.archive());
                try (ChildClassifier killed = start("killed-" + ++version)) {
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                        read(attempts, standing);
                        return standing.containsValue(AttemptState.LOADING);
                    });
                    killed.kill();
                }
                read(attempts, standing);
            } while (standing.isEmpty());
            assertThat(standing).containsValue(AttemptState.LOADING);

            // When
            try (ChildClassifier next = start("next")) {
                awaitServing(next, version);

                // Then
                assertThat(next.log()).contains("Instances that began to load fashion-mnist v" + version);
                read(attempts, standing);
                assertThat(standing).isEmpty();
            }
        }
    }

    private static void read(CompactedTopic<ModelAttempt> attempts, Map<String, AttemptState> standing) {
        attempts.readNew((key, attempt) -> {
            standing.remove(key);
            if (attempt != null) {
                standing.put(key, attempt.getState());
            }
        });
    }

    private ChildClassifier start(String name) {
        return ChildClassifier.start(
                kafka,
                folder,
                name,
                "--no-scores",
                "--state-dir",
                folder.resolve(name).toString());
    }

    private void publish(ModelManifest.Builder draft, byte[] archive) {
        try (var publisher = ModelPublisher.open(TestModels.NAME, kafka.client(Map.of()))) {
            publisher.publish(draft, archive);
        }
    }

    private static void awaitServing(ChildClassifier classifier, int version) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                classifier.page().get("/metrics").body().asText())
                        .as(classifier.log())
                        .contains("hemline_model_version{application=\"classifier\"} " + version + ".0"));
    }

    private static void awaitLine(ChildClassifier classifier, String line) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(classifier.log()).contains(line));
    }

    private String modelsList() {
        StringWriter said = new StringWriter();
        CommandLineApp.of(new ModelsCommand(), Map.of())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute("list", "--bootstrap-servers", kafka.bootstrapServers());
        return said.toString();
    }
}
