package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftGroup;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.quality.batch.Batch;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift detection under kill -9. */
class DriftIT {
    private static final int CLASSES = 10;

    @TempDir
    Path folder;

    private final Random random = new Random(3);
    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private int sent;

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

    @Test
    void shouldTellOfAChangeOnceThoughClassifiersAreKilledMeanwhile() throws Exception {
        // Given results of a version, and a classifier that is killed while it looks at them
        try (ChildClassifier doomed = ChildClassifier.start(kafka, folder, "drift")) {
            sendUntilBatches(40);
            doomed.kill();
        }

        // When there have been enough for a reference, the pictures change, and another one is killed too
        int unchanged;
        try (ChildClassifier doomed = ChildClassifier.start(kafka, folder, "drift")) {
            sendUntilBatches(100);
            unchanged = sent;
            awaitLookedAt(unchanged);
            send(700, 1.2);
            awaitLookedAt(unchanged + 100);
            doomed.kill();
        }
        try (ChildClassifier last = ChildClassifier.start(kafka, folder, "drift")) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(lookedAt())
                            .as(() -> last.lastLines().toString())
                            .isEqualTo(sent));

            // Then each result was looked at once, and there is one alarm, about since the change
            await().atMost(PATIENCE).until(() -> !read(Topics.DRIFT).isEmpty());
            List<Drift> told = read(Topics.DRIFT);
            assertThat(told).hasSize(1);
            assertThat(told.get(0).getState()).isEqualTo(DriftState.ALARM);
            assertThat(told.get(0).getKind()).isEqualTo(DriftKind.PICTURES);
            assertThat(told.get(0).getReference()).isEqualTo(DriftReference.LIVE);
            assertThat(told.get(0).getSource()).isEqualTo("camera-1");
            assertThat(told.get(0).getBefore()).isBetween(unchanged - 300L, unchanged + 200L);
            assertThat(lookedAt()).isEqualTo(sent);

            // And nobody estimates accuracy from confidence meanwhile
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                AccuracyPage.Answer answer = last.page().all();
                assertThat(answer.estimatedFrom()).as(answer.body().toString()).isEqualTo(sent);
                assertThat(answer.body().at("/versions/0/estimate/byConfidence").isNull())
                        .isTrue();
                assertThat(answer.body().at("/versions/0/estimate/why").asText())
                        .startsWith("Pictures of source camera-1 look otherwise since ");
            });
            last.stop();
        }
    }

    private void awaitLookedAt(int results) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> lookedAt() >= results);
    }

    private int lookedAt() {
        return read(Topics.DRIFT_BATCHES).stream().mapToInt(DriftIT::results).sum();
    }

    private static int results(DriftBatch batch) {
        return batch.getGroups().stream().mapToInt(DriftGroup::getResults).sum();
    }

    /** A reference takes eighty batches, and how many results these have depends on how fast they come. */
    private void sendUntilBatches(int batches) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            send(100, 0);
            return read(Topics.DRIFT_BATCHES).stream()
                            .filter(batch -> results(batch) >= Batch.RESULTS)
                            .count()
                    >= batches;
        });
    }

    private <V> List<V> read(Topic<?, V> topic) {
        return new TestClients(kafka.bootstrapServers()).readValues(topic);
    }

    /** @param change of the logit of class 2 */
    private void send(int results, double change) {
        try (var producer =
                new KafkaProducer<>(kafka.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < results; i++) {
                Classification result = result(change);
                var unused = producer.send(new ProducerRecord<>(
                        Topics.CLASSIFICATIONS.name(),
                        result.getId().getBytes(UTF_8),
                        Topics.CLASSIFICATIONS.valueSerde().serializer().serialize("", result)));
            }
        }
    }

    private Classification result(double change) {
        int actual = random.nextInt(CLASSES);
        float[] logits = new float[CLASSES];
        for (int label = 0; label < CLASSES; label++) {
            logits[label] =
                    (float) ((label == actual ? 5 : 0) + 1.2 * random.nextGaussian() + (label == 2 ? change : 0));
        }
        float[] probabilities = Probabilities.softmax(logits, 0, CLASSES);
        int label = Probabilities.mostLikely(probabilities);
        List<Float> all = new ArrayList<>();
        for (float probability : probabilities) {
            all.add(probability);
        }
        return new Classification(
                "event-" + sent++,
                "camera-1",
                label,
                "class " + label,
                probabilities[label],
                all,
                "fashion-mnist",
                3,
                "0123456789ab",
                Instant.now(),
                Instant.now(),
                false);
    }
}
