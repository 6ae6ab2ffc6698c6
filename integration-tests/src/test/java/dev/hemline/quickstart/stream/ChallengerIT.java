package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.canary.Canary;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.event.Classification;
import dev.hemline.image.ImageEvents;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ChallengerIT {
    private static final double SHARE = 0.3;
    private static final EventShare CHALLENGED = new EventShare(Topics.SHADOW_CLASSIFICATIONS.name(), SHARE);
    private static final EventShare CANARY = new EventShare(Canary.PURPOSE, 0.2);

    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private KafkaSettings kafka;

    @BeforeEach
    void pinTheFirstOfTwo() throws Exception {
        kafka = broker.settings();
        TestModels.publish(kafka, 1);
        TestModels.publish(kafka, 2);
        models("pin", "1");
    }

    @Test
    void shouldAnswerAShareOfEventsBesideTheChampionUntilItIsPromoted() throws Exception {
        try (TestClassifier champion = TestClassifier.start(kafka, "classifier", folder);
                TestClassifier challenger = TestClassifier.challenge(kafka, "classifier", SHARE, folder)) {
            // Given a champion, and challengers that have nothing to try
            await().atMost(PATIENCE).until(() -> serves(champion, 1));
            send("early", 0, 50);
            await().atMost(PATIENCE).untilAsserted(() -> assertEveryEventWasTaken("classifier-challenger", 50));
            assertThat(challenger.classifier.reasonNotReady()).isEmpty();
            assertThat(broker.clients().readValues(Topics.SHADOW_CLASSIFICATIONS))
                    .isEmpty();

            // When a version is to challenge, and some events cannot be classified
            models("challenge", "2");
            await().atMost(PATIENCE).until(() -> serves(challenger, 2));
            send("event", 0, 200);
            send("broken", 200, 210);

            // Then the champion has answered each of them, and the challenger the share that ids say
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertEveryEventWasTaken("classifier", 260);
                assertEveryEventWasTaken("classifier-challenger", 260);
            });
            assertThat(results(Topics.CLASSIFICATIONS, 1))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(ids("early", 50), ids("event", 200)).toList());
            List<String> shadows = ids("event", 200).filter(CHALLENGED::has).toList();
            assertThat(shadows).hasSizeBetween(30, 90);
            assertThat(results(Topics.SHADOW_CLASSIFICATIONS, 2)).containsExactlyInAnyOrderElementsOf(shadows);
            assertThat(broker.clients().readValues(Topics.IMAGE_EVENTS_DLQ)).hasSize(10);

            // When it is promoted
            assertThat(models("list")).contains("challenged by v2");
            assertThat(models("promote")).contains("Promoted fashion-mnist v2");
            await().atMost(PATIENCE).until(() -> serves(champion, 2));
            await().atMost(PATIENCE).until(() -> challenger.classifier.serving().isEmpty());
            assertThat(models("list")).doesNotContain("challenge");
            send("late", 210, 260);

            // Then it answers for all, and there is nothing to compare it with
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertEveryEventWasTaken("classifier", 310);
                assertEveryEventWasTaken("classifier-challenger", 310);
            });
            assertThat(results(Topics.CLASSIFICATIONS, 2)).hasSize(50);
            assertThat(results(Topics.SHADOW_CLASSIFICATIONS, 2)).hasSameSizeAs(shadows);
        }
    }

    @Test
    void shouldLetACanaryAnswerAShareOfEventsUntilItIsRejected() throws Exception {
        try (TestClassifier champion = TestClassifier.start(kafka, "classifier", folder)) {
            // Given a champion, and a policy that lets a challenger answer some events
            await().atMost(PATIENCE).until(() -> serves(champion, 1));
            assertThat(models("policy", "manual", "--canary", "0.2")).contains("of events as canary; v1 is pinned");
            models("challenge", "2");
            await().atMost(PATIENCE).until(() -> canaryVersion(champion) == 2);

            // When events come
            send("event", 0, 200);
            await().atMost(PATIENCE).untilAsserted(() -> assertEveryEventWasTaken("classifier", 200));

            // Then it has answered those that ids say, its results say so, and the champion all others
            List<String> canarys = ids("event", 200).filter(CANARY::has).toList();
            assertThat(canarys).hasSizeBetween(20, 60);
            assertThat(results(Topics.CLASSIFICATIONS, 2)).containsExactlyInAnyOrderElementsOf(canarys);
            assertThat(results(Topics.CLASSIFICATIONS, 1)).hasSize(200 - canarys.size());
            assertThat(broker.clients().readValues(Topics.CLASSIFICATIONS))
                    .allMatch(result -> result.getCanary() == (result.getModelVersion() == 2));
            assertThat(serves(champion, 1)).isTrue();

            // And when it is rejected, the champion answers all
            models("reject");
            await().atMost(PATIENCE).until(() -> canaryVersion(champion) == 0);
            send("late", 200, 250);
            await().atMost(PATIENCE).untilAsserted(() -> assertEveryEventWasTaken("classifier", 250));
            assertThat(results(Topics.CLASSIFICATIONS, 2)).hasSameSizeAs(canarys);
        }
    }

    private static int canaryVersion(TestClassifier running) {
        return (int) running.metrics.get("hemline.canary.version").gauge().value();
    }

    private static boolean serves(TestClassifier running, int version) {
        return running.metrics.get("hemline.model.version").gauge().value() == version;
    }

    private static Stream<String> ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + "-" + i);
    }

    /** Those whose name is broken are no events. */
    private void send(String name, int from, int to) {
        try (var producer =
                new KafkaProducer<>(kafka.client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                String id = name + "-" + (name.equals("late") ? i - from : i);
                byte[] event = name.equals("broken") ? id.getBytes(UTF_8) : ImageEvents.onePixel(id, i % 256);
                var unused = producer.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), id, event));
            }
        }
    }

    private void assertEveryEventWasTaken(String group, int events) throws Exception {
        try (Admin admin = kafka.admin(10_000)) {
            Map<TopicPartition, OffsetAndMetadata> taken = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long sum = taken.entrySet().stream()
                    .filter(one -> one.getKey().topic().equals(Topics.IMAGE_EVENTS.name()))
                    .mapToLong(
                            one -> one.getValue() == null ? 0 : one.getValue().offset())
                    .sum();
            assertThat(sum).isEqualTo(events);
        }
    }

    /** Ids of the results of a version. */
    private List<String> results(Topic<String, Classification> topic, int version) throws Exception {
        return broker.clients().readValues(topic).stream()
                .filter(result -> result.getModelVersion() == version)
                .map(Classification::getId)
                .toList();
    }

    private String models(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandLineApp.of(new ModelsCommand(), Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of(args), Stream.of("--bootstrap-servers", kafka.bootstrapServers()))
                        .toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString();
    }
}
