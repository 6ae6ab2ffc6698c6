package dev.hemline.quickstart.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.ClassifierSettings.Delivery;
import dev.hemline.event.Classification;
import dev.hemline.event.ModelManifest;
import dev.hemline.producer.Summary;
import dev.hemline.quickstart.broker.EmbeddedBroker;
import dev.hemline.quickstart.broker.TestClients;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = KafkaSettings.of(broker.bootstrapServers());
        KafkaTopics.ensure(kafka, Topics.ALL);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    private TestClassifier start(String instance) {
        return TestClassifier.start(kafka, "classifier", folder.resolve(instance));
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic<?, ?> topic) {
        return new TestClients(kafka.bootstrapServers()).readAll(topic.name());
    }

    private List<Classification> classifications() {
        return read(Topics.CLASSIFICATIONS).stream()
                .map(record ->
                        Topics.CLASSIFICATIONS.valueSerde().deserializer().deserialize("", record.value()))
                .toList();
    }

    private void awaitOutcomes(long count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(read(Topics.CLASSIFICATIONS).size()
                                + read(Topics.IMAGE_EVENTS_DLQ).size())
                        .isGreaterThanOrEqualTo((int) count));
    }

    /** Every event sent stands exactly once in results or dead letters. */
    private void assertEachHasOneOutcome() {
        List<String> sent =
                read(Topics.IMAGE_EVENTS).stream().map(StreamIT::key).toList();
        List<String> outcomes = new ArrayList<>();
        read(Topics.CLASSIFICATIONS).forEach(record -> outcomes.add(key(record)));
        read(Topics.IMAGE_EVENTS_DLQ).forEach(record -> outcomes.add(key(record)));
        assertThat(outcomes).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    @Test
    void shouldLetEventsWaitUntilTheFirstModelIsThere() throws Exception {
        try (TestClassifier running = start("a")) {
            SentImages.send(kafka, 300, 0, 0);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(running.classifier.reasonNotReady())
                            .hasValueSatisfying(reason -> assertThat(reason).contains("no model yet on topic models")));
            assertThat(classifications()).isEmpty();

            TestModels.publish(kafka, 1);

            awaitOutcomes(300);
            assertEachHasOneOutcome();
            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
    }

    @Test
    void shouldSwapModelsInMidStreamWithoutLossOrDoublesAndNeverGoBack() throws Exception {
        TestModels.publish(kafka, 1);
        try (TestClassifier running = start("a")) {
            var sending = CompletableFuture.supplyAsync(() -> SentImages.send(kafka, 3_000, 500, 0));
            for (int seed = 2; seed <= 4; seed++) {
                ModelManifest published = TestModels.publish(kafka, seed);
                await().atMost(PATIENCE)
                        .until(() -> running.metrics
                                        .get("hemline.model.version")
                                        .gauge()
                                        .value()
                                >= published.getVersion());
            }
            sending.join();

            awaitOutcomes(3_000);
            assertEachHasOneOutcome();
            assertVersionsNeverGoBack();
            assertThat(running.misses()).isZero();
        }
        Set<Integer> versions = new HashSet<>();
        classifications().forEach(result -> versions.add(result.getModelVersion()));
        assertThat(versions).hasSizeGreaterThan(1).contains(4);
    }

    private void assertVersionsNeverGoBack() {
        Map<Integer, Integer> newest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.CLASSIFICATIONS)) {
            int version = Topics.CLASSIFICATIONS
                    .valueSerde()
                    .deserializer()
                    .deserialize("", record.value())
                    .getModelVersion();
            assertThat(version).isGreaterThanOrEqualTo(newest.getOrDefault(record.partition(), 0));
            newest.put(record.partition(), version);
        }
    }

    @Test
    void shouldPutMalformedEventsIntoTheDeadLetterTopicWithTheirOriginalBytes() throws Exception {
        TestModels.publish(kafka, 1);
        Summary sent = SentImages.send(kafka, 500, 0, 0.2);
        assertThat(sent.bad()).isPositive();

        try (TestClassifier running = start("a")) {
            awaitOutcomes(500);
            assertThat(running.count("hemline.rejects")).isEqualTo((double) sent.bad());
        }

        assertEachHasOneOutcome();
        Map<String, ConsumerRecord<byte[], byte[]>> originals =
                read(Topics.IMAGE_EVENTS).stream().collect(toMap(StreamIT::key, record -> record));
        assertThat(read(Topics.IMAGE_EVENTS_DLQ)).hasSize((int) sent.bad()).allSatisfy(letter -> {
            ConsumerRecord<byte[], byte[]> original = Objects.requireNonNull(originals.get(key(letter)));
            assertThat(letter.value()).isEqualTo(original.value());
            assertThat(header(letter, "__streams.errors.offset")).isEqualTo(Long.toString(original.offset()));
            assertThat(header(letter, "__streams.errors.partition")).isEqualTo(Integer.toString(original.partition()));
            assertThat(header(letter, "hemline.reason")).matches("[a-z-]+");
        });
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void shouldContinueWhereItWasAfterARestart() throws Exception {
        TestModels.publish(kafka, 1);
        var sending = CompletableFuture.supplyAsync(() -> SentImages.send(kafka, 2_000, 500, 0.01));
        try (TestClassifier first = start("a")) {
            awaitOutcomes(200);
            assertThat(first.classifier.reasonNotReady()).isEmpty();
        }

        try (TestClassifier second = start("a")) {
            sending.join();
            awaitOutcomes(2_000);
            assertThat(second.count("hemline.classifications")).isBetween(1.0, 1_999.0);
        }

        assertEachHasOneOutcome();
    }

    @Test
    void shouldShareThePartitionsBetweenTwoInstances() throws Exception {
        TestModels.publish(kafka, 1);
        try (TestClassifier first = start("a");
                TestClassifier second = start("b")) {
            await().atMost(PATIENCE)
                    .until(() -> first.classifier.reasonNotReady().isEmpty()
                            && second.classifier.reasonNotReady().isEmpty());
            SentImages.send(kafka, 2_000, 500, 0);
            awaitOutcomes(2_000);

            assertThat(first.count("hemline.classifications")).isPositive();
            assertThat(second.count("hemline.classifications")).isPositive();
        }
        assertEachHasOneOutcome();
    }

    @Test
    void shouldRefuseABrokenModelAndServeOnWithTheOldOne() throws Exception {
        TestModels.publish(kafka, 1);
        try (TestClassifier running = start("a")) {
            SentImages.send(kafka, 100, 0, 0);
            awaitOutcomes(100);
            TestModels.publishBroken(kafka, 2);
            await().atMost(PATIENCE).until(() -> running.count("hemline.models.refused") == 1);

            SentImages.send(kafka, 100, 0, 0);
            awaitOutcomes(200);

            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
        assertEachHasOneOutcome();
        assertThat(classifications())
                .allSatisfy(result -> assertThat(result.getModelVersion()).isEqualTo(1));
    }

    @Test
    void shouldLoseNothingAtLeastOnceEither() throws Exception {
        TestModels.publish(kafka, 1);
        try (TestClassifier running =
                TestClassifier.start(kafka, "classifier", Delivery.AT_LEAST_ONCE, folder.resolve("a"))) {
            SentImages.send(kafka, 1_000, 0, 0.02);

            awaitOutcomes(1_000);

            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
        assertEachHasOneOutcome();
    }

    @Test
    void shouldServeTheNewestWithinSecondsWhenThereAreFiveHundredVersions() throws Exception {
        TestModels.publishMany(kafka, 500);
        SentImages.send(kafka, 100, 0, 0);

        try (TestClassifier running = start("a")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> running.classifier.reasonNotReady().isEmpty());
            awaitOutcomes(100);

            assertThat(running.count("hemline.model.swaps")).as("models loaded").isEqualTo(1);
        }
        assertThat(classifications())
                .allSatisfy(result -> assertThat(result.getModelVersion()).isEqualTo(500));
    }
}
