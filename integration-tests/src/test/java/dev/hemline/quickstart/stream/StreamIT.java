package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.ClassifierSettings.Delivery;
import dev.hemline.event.ModelManifest;
import dev.hemline.producer.Summary;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StreamIT {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private TestClassifier start(String instance) {
        return TestClassifier.start(broker.settings(), "classifier", folder.resolve(instance));
    }

    private Outcomes outcomes() {
        return new Outcomes(broker.clients());
    }

    private void awaitOutcomes(long count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(outcomes().count()).isGreaterThanOrEqualTo((int) count));
    }

    @Test
    void shouldLetEventsWaitUntilTheFirstModelIsThere() throws Exception {
        try (TestClassifier running = start("a")) {
            SentImages.send(broker.settings(), 300, 0, 0);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(running.classifier.reasonNotReady())
                            .hasValueSatisfying(reason -> assertThat(reason).contains("no model yet on topic models")));
            assertThat(outcomes().classifications()).isEmpty();

            TestModels.publish(broker.settings(), 1);

            awaitOutcomes(300);
            outcomes().assertEachEventHasOne();
            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
    }

    @Test
    void shouldSwapModelsInMidStreamWithoutLossOrDoublesAndNeverGoBack() throws Exception {
        TestModels.publish(broker.settings(), 1);
        try (TestClassifier running = start("a")) {
            SentImages.send(broker.settings(), 100, 0, 0);
            awaitOutcomes(100);
            var sending = CompletableFuture.supplyAsync(() -> SentImages.send(broker.settings(), 3_000, 500, 0));
            for (int seed = 2; seed <= 4; seed++) {
                ModelManifest published = TestModels.publish(broker.settings(), seed);
                await().atMost(PATIENCE)
                        .until(() -> running.metrics
                                        .get("hemline.model.version")
                                        .gauge()
                                        .value()
                                >= published.getVersion());
            }
            sending.join();
            // On a slow machine the stream may end before the last version is loaded: it gets events of its own.
            SentImages.send(broker.settings(), 100, 0, 0);

            awaitOutcomes(3_200);
            outcomes().assertEachEventHasOne();
            outcomes().assertVersionsNeverGoBack();
            assertThat(running.misses()).isZero();
        }
        Set<Integer> versions = new HashSet<>();
        outcomes().classifications().forEach(result -> versions.add(result.getModelVersion()));
        assertThat(versions).contains(1, 4);
    }

    @Test
    void shouldPutMalformedEventsIntoTheDeadLetterTopicWithTheirOriginalBytes() throws Exception {
        TestModels.publish(broker.settings(), 1);
        Summary sent = SentImages.send(broker.settings(), 500, 0, 0.2);
        assertThat(sent.bad()).isPositive();

        try (TestClassifier running = start("a")) {
            awaitOutcomes(500);
            assertThat(running.count("hemline.rejects")).isEqualTo((double) sent.bad());
        }

        outcomes().assertEachEventHasOne();
        Map<String, ConsumerRecord<byte[], byte[]>> originals =
                outcomes().read(Topics.IMAGE_EVENTS).stream().collect(toMap(Outcomes::key, record -> record));
        assertThat(outcomes().read(Topics.IMAGE_EVENTS_DLQ))
                .hasSize((int) sent.bad())
                .allSatisfy(letter -> {
                    ConsumerRecord<byte[], byte[]> original =
                            Objects.requireNonNull(originals.get(Outcomes.key(letter)));
                    assertThat(letter.value()).isEqualTo(original.value());
                    assertThat(header(letter, "__streams.errors.offset")).isEqualTo(Long.toString(original.offset()));
                    assertThat(header(letter, "__streams.errors.partition"))
                            .isEqualTo(Integer.toString(original.partition()));
                    assertThat(header(letter, "hemline.reason")).matches("[a-z-]+");
                });
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void shouldContinueWhereItWasAfterARestart() throws Exception {
        TestModels.publish(broker.settings(), 1);
        var sending = CompletableFuture.supplyAsync(() -> SentImages.send(broker.settings(), 2_000, 500, 0.01));
        try (TestClassifier first = start("a")) {
            awaitOutcomes(200);
            assertThat(first.classifier.reasonNotReady()).isEmpty();
        }

        try (TestClassifier second = start("a")) {
            sending.join();
            // On a slow machine the first may have come to the end of the stream: these are the second's for certain.
            SentImages.send(broker.settings(), 100, 0, 0);
            awaitOutcomes(2_100);
            assertThat(second.count("hemline.classifications")).isBetween(100.0, 1_900.0);
        }

        outcomes().assertEachEventHasOne();
    }

    @Test
    void shouldShareThePartitionsBetweenTwoInstances() throws Exception {
        TestModels.publish(broker.settings(), 1);
        try (TestClassifier first = start("a");
                TestClassifier second = start("b")) {
            await().atMost(PATIENCE)
                    .until(() -> first.classifier.reasonNotReady().isEmpty()
                            && second.classifier.reasonNotReady().isEmpty());
            SentImages.send(broker.settings(), 2_000, 500, 0);
            awaitOutcomes(2_000);

            assertThat(first.count("hemline.classifications")).isPositive();
            assertThat(second.count("hemline.classifications")).isPositive();
        }
        outcomes().assertEachEventHasOne();
    }

    @Test
    void shouldRefuseABrokenModelAndServeOnWithTheOldOne() throws Exception {
        TestModels.publish(broker.settings(), 1);
        try (TestClassifier running = start("a")) {
            SentImages.send(broker.settings(), 100, 0, 0);
            awaitOutcomes(100);
            TestModels.publishBroken(broker.settings(), 2);
            await().atMost(PATIENCE).until(() -> running.count("hemline.models.refused") == 1);

            SentImages.send(broker.settings(), 100, 0, 0);
            awaitOutcomes(200);

            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
        outcomes().assertEachEventHasOne();
        assertThat(outcomes().classifications())
                .allSatisfy(result -> assertThat(result.getModelVersion()).isEqualTo(1));
    }

    @Test
    void shouldLoseNothingAtLeastOnceEither() throws Exception {
        TestModels.publish(broker.settings(), 1);
        try (TestClassifier running =
                TestClassifier.start(broker.settings(), "classifier", Delivery.AT_LEAST_ONCE, folder.resolve("a"))) {
            SentImages.send(broker.settings(), 1_000, 0, 0.02);

            awaitOutcomes(1_000);

            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
        outcomes().assertEachEventHasOne();
    }

    @Test
    void shouldLoadNoneButTheNewestWhenThereAreFiveHundredVersions() throws Exception {
        TestModels.publishMany(broker.settings(), 500);
        SentImages.send(broker.settings(), 100, 0, 0);

        try (TestClassifier running = start("a")) {
            await().atMost(PATIENCE)
                    .until(() -> running.classifier.reasonNotReady().isEmpty());
            awaitOutcomes(100);

            assertThat(running.count("hemline.model.swaps")).as("models loaded").isEqualTo(1);
        }
        assertThat(outcomes().classifications())
                .allSatisfy(result -> assertThat(result.getModelVersion()).isEqualTo(500));
    }
}
