package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import dev.hemline.service.AbsurdRecords;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records that nobody should have sent, on every topic of a running classifier that somebody watches. */
class AbsurdRecordsIT {
    private static final String APPLICATION = "absurd";
    /** Those that only the application itself should write to. */
    private static final List<String> INTERNAL = List.of(
            APPLICATION + "-scores-labels-by-id-repartition",
            APPLICATION + "-scores-confusion-changelog",
            APPLICATION + "-scores-waiting-labels-changelog");

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldGoOnScoreWhatItShouldAndCountTheRest() throws Exception {
        TestModels.publish(BROKER.settings(), 1);
        try (LabelledEvents events = new LabelledEvents(BROKER.bootstrapServers(), "good-")) {
            try (ChildClassifier first = start("first", APPLICATION)) {
                first.awaitHttp();
                AtomicInteger pictures = watch(first);
                events.send(50);
                awaitScores(events, first);

                sendAbsurd(1);
                sendHugeIds(500);
                events.send(200);
                awaitScores(events, first);

                assertIsWell(first);
                String metrics = first.page().get("/metrics").body().asText();
                for (String series : List.of(
                        "hemline_results_undecodable_total",
                        "hemline_results_invalid_total",
                        "hemline_labels_total{application=\"classifier\",outcome=\"invalid\"}",
                        "hemline_labels_total{application=\"classifier\",outcome=\"undecodable\"}",
                        "hemline_rejects_total{application=\"classifier\",reason=\"undecodable-event\"}",
                        "hemline_rejects_total{application=\"classifier\",reason=\"missing-id\"}")) {
                    assertThat(sum(metrics, series)).as(series).isPositive();
                }
                assertThat(sum(metrics, "hemline_scoring_failures_total")).isZero();
                int seen = pictures.get();
                events.send(20);
                await().atMost(PATIENCE).until(() -> pictures.get() > seen);
                first.kill();
            }
            // What is on the topics of its state is read only by who has lost it.
            Utils.delete(folder.resolve("state").toFile());
            sendAbsurd(2);
            events.send(50);

            try (ChildClassifier second = start("second", APPLICATION)) {
                second.awaitHttp();
                awaitScores(events, second);
                assertIsWell(second);
            }
        }
    }

    @Test
    @Tag("long")
    void shouldSayThatScoringIsDeadClassifyMeanwhileAndMendItself() throws Exception {
        String application = "mends";
        String restored = application + "-scores-evidence-changelog";
        TestModels.publish(BROKER.settings(), 1);
        try (LabelledEvents events = new LabelledEvents(BROKER.bootstrapServers(), "mends-")) {
            try (ChildClassifier first = start("makes-topics", application)) {
                first.awaitHttp();
                events.send(20);
                awaitScores(events, first);
                first.stop();
            }
            Utils.delete(folder.resolve("state").toFile());
            try (KafkaProducer<byte[], byte[]> producer = BROKER.clients().bytesProducer()) {
                for (int partition = 0; partition < Topics.CLASSIFICATIONS.partitions(); partition++) {
                    // Too short a key for what Kafka Streams itself keeps there.
                    producer.send(new ProducerRecord<>(restored, partition, new byte[] {1}, new byte[] {2}))
                            .get();
                }
            }

            try (ChildClassifier second = start("mends", application)) {
                second.awaitHttp();
                await().atMost(PATIENCE)
                        .until(() -> second.readiness().startsWith("ready; but no scores are kept here: "));
                events.send(20);
                await().atMost(PATIENCE)
                        .until(() -> good(Topics.CLASSIFICATIONS, Classification::getId, events.prefix())
                                        .size()
                                == events.sent());
                forgetRecordsOf(restored);

                awaitScores(events, second);
                await().atMost(PATIENCE).until(() -> second.readiness().equals("ready\n"));
            }
        }
    }

    private static void forgetRecordsOf(String topic) throws Exception {
        try (Admin admin = BROKER.clients().admin()) {
            var all = admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .flatMap(found -> found.partitions().stream())
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition.partition()),
                            partition -> RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(all).all().get();
        }
    }

    private ChildClassifier start(String name, String application) {
        return ChildClassifier.start(
                BROKER.settings(), folder, name, "--application-id", application, "--model", "fashion-mnist");
    }

    private static void sendAbsurd(long seed) {
        var absurd = new AbsurdRecords(seed, 20_000);
        try (KafkaProducer<byte[], byte[]> producer = BROKER.clients().bytesProducer()) {
            for (int i = 0; i < 300; i++) {
                for (Topic<?, ?> topic : Topics.ALL) {
                    send(producer, absurd, topic.name());
                }
                INTERNAL.forEach(topic -> send(producer, absurd, topic));
            }
            producer.flush();
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, AbsurdRecords absurd, String topic) {
        byte[] key = absurd.key();
        boolean needsKey = topic.startsWith("model") || topic.endsWith("-changelog");
        var unused = producer.send(new ProducerRecord<>(
                topic,
                key == null && needsKey ? new byte[] {1} : key,
                absurd.value(AbsurdRecords.SCHEMAS.getOrDefault(topic, List.of()))));
    }

    /** Compressed they are small; who reads them has nearly a megabyte of each. */
    private static void sendHugeIds(int count) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers(), "compression.type", "gzip"),
                new StringSerializer(),
                Topics.GROUND_TRUTH.valueSerde().serializer())) {
            for (int i = 0; i < count; i++) {
                var truth = new GroundTruth("x".repeat(900_000) + i, 1, Instant.now(), "test");
                var unused = producer.send(new ProducerRecord<>(Topics.GROUND_TRUTH.name(), null, truth));
            }
        }
    }

    /** Counts what a browser is shown. */
    private static AtomicInteger watch(ChildClassifier classifier) {
        var pictures = new AtomicInteger();
        var unused = CompletableFuture.runAsync(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create("http://localhost:"
                                                    + classifier.page().port() + "/page/live"))
                                            .build(),
                                    BodyHandlers.ofInputStream())
                            .body(),
                    StandardCharsets.UTF_8))) {
                reader.lines().filter("event: picture"::equals).forEach(line -> pictures.incrementAndGet());
            } catch (IOException e) {
                // It was killed.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return pictures;
    }

    private static void awaitScores(LabelledEvents events, ChildClassifier classifier) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(Set.copyOf(good(Topics.SCORES, Score::getId, events.prefix())))
                    .as(() -> classifier.lastLines().toString())
                    .hasSize(events.sent());
        });
        assertThat(good(Topics.CLASSIFICATIONS, Classification::getId, events.prefix()))
                .hasSize(events.sent())
                .doesNotHaveDuplicates();
    }

    /** The ids of what is about events that make sense. */
    private static <V> List<String> good(Topic<?, V> topic, Function<V, String> id, String prefix) {
        return BROKER.clients().readAll(topic).stream()
                .map(ConsumerRecord::value)
                .flatMap(value -> decoded(topic, value).stream())
                .map(id)
                .filter(one -> one.startsWith(prefix))
                .toList();
    }

    private static <V> Optional<V> decoded(Topic<?, V> topic, byte[] value) {
        try {
            return Optional.ofNullable(topic.valueSerde().deserializer().deserialize(topic.name(), value));
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }

    private static double sum(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void assertIsWell(ChildClassifier classifier) throws IOException {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(classifier.page().all().complete())
                        .as(classifier.lastLines()::toString)
                        .isTrue());
        assertThat(classifier.readiness()).isEqualTo("ready\n");
        assertThat(classifier.log())
                .doesNotContain("OutOfMemory")
                .doesNotContain("has died")
                .doesNotContain("could not do what it does")
                .doesNotContain("shows no pictures for a moment");
    }
}
