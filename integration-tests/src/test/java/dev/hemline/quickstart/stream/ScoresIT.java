package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.quickstart.stream.AccuracyPage.Answer;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores under kill -9, and over several instances, against somebody who counts results and labels again. */
class ScoresIT {
    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private StreamAudit audit;
    private Map<TopicPartition, Long> start;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = KafkaSettings.of(broker.bootstrapServers());
        KafkaTopics.ensure(kafka, Topics.ALL);
        audit = new StreamAudit(kafka, Duration.ofSeconds(30));
        start = audit.mark();
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    private int scores() {
        return new TestClients(kafka.bootstrapServers())
                .readAll(Topics.SCORES.name())
                .size();
    }

    private AuditReport count() {
        return audit.count(start, audit.mark());
    }

    /** Every event's result but those of events that are dead letters. */
    private AuditReport awaitScores(int events) {
        List<AuditReport> last = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            AuditReport report = count();
            last.add(report);
            assertThat(report.scores().recountedResults()).as(report::toString).isEqualTo(events - report.rejected());
            assertThat(report.scores().scored()).isEqualTo(report.scores().recounted());
        });
        return last.get(last.size() - 1);
    }

    private static Answer awaitComplete(ChildClassifier instance) {
        List<Answer> last = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            Answer answer = instance.page().all();
            last.add(answer);
            assertThat(answer.complete())
                    .as(() -> answer.body() + "\n" + instance.lastLines())
                    .isTrue();
        });
        return last.get(last.size() - 1);
    }

    @Test
    @Tag("long")
    void shouldCountEveryResultOnceThoughClassifiersAreKilledWhileLabelsArrive() throws Exception {
        TestModels.publish(kafka, 1);
        var enough = new AtomicBoolean();
        try (LabelledEvents events = new LabelledEvents(kafka.bootstrapServers())) {
            var sending = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    events.send(40);
                    Utils.sleep(100);
                }
            });
            int scoredBefore = 0;
            for (String state : List.of("kept", "kept", "lost")) {
                try (ChildClassifier doomed = ChildClassifier.start(kafka, folder, state)) {
                    int more = scoredBefore + 500;
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(300))
                            .until(() -> scores() > more);
                    doomed.kill();
                    scoredBefore = scores();
                }
                if (state.equals("lost")) {
                    Utils.delete(folder.resolve("state").toFile());
                }
                TestModels.publish(kafka, scoredBefore);
            }
            enough.set(true);
            sending.join();

            try (ChildClassifier last = ChildClassifier.start(kafka, folder, "last")) {
                AuditReport report = awaitScores(events.sent());
                Answer answer = awaitComplete(last);

                assertThat(report.exactlyOnce()).isTrue();
                // Three kills soon after another may meet the same event, which is poison then for all that anybody
                // knows.
                assertThat(report.rejected()).isLessThanOrEqualTo(1);
                assertThat(report.versions()).hasSizeGreaterThan(1);
                assertThat(answer.confusion("total")).isEqualTo(report.scores().recounted());
                assertThat(answer.confusion("recent")).isEqualTo(report.scores().recounted());
                assertBySource(answer, report);
                last.stop();
            }
        }
    }

    @Test
    void shouldSumOverInstancesAndSayWhatIsMissingInsteadOfAWrongSum() throws Exception {
        TestModels.publish(kafka, 1);
        try (LabelledEvents events = new LabelledEvents(kafka.bootstrapServers());
                ChildClassifier first = ChildClassifier.start(kafka, folder, "first", "--application-id", "two");
                ChildClassifier second = ChildClassifier.start(kafka, folder, "second", "--application-id", "two")) {
            events.send(1_000);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> partitions(first) > 0
                            && partitions(second) > 0
                            && partitions(first) + partitions(second) == Topics.CLASSIFICATIONS.partitions());
            AuditReport report = awaitScores(events.sent());
            assertThat(report.rejected()).isZero();
            // Which this release makes itself, as Kafka Streams makes those beside it
            assertThat(topic("two-scores-carried-headers-changelog")).isEqualTo(topic("two-scores-evidence-changelog"));
            assertThat(topic("two-scores-sources-changelog")).isEqualTo(topic("two-scores-confusion-changelog"));

            assertBySource(awaitComplete(first), report);
            assertThat(awaitComplete(first).confusion("total"))
                    .isEqualTo(report.scores().recounted());
            assertThat(awaitComplete(second).confusion("total"))
                    .isEqualTo(report.scores().recounted());

            int missing = partitions(second);
            second.kill();
            Answer incomplete = first.page().all();
            assertThat(incomplete.status()).isEqualTo(503);
            assertThat(incomplete.body().path("complete").asBoolean()).isFalse();
            assertThat(incomplete.body().path("missingPartitions")).hasSize(missing);
            assertThat(incomplete.body().path("unreachable")).hasSize(1);
            assertThat(incomplete.body().has("versions")).isFalse();

            assertThat(awaitComplete(first).confusion("total"))
                    .isEqualTo(report.scores().recounted());
            assertBySource(awaitComplete(first), report);
        }
    }

    /** All events are of one source, so its counts are those of all. */
    private static void assertBySource(Answer answer, AuditReport report) {
        assertThat(answer.ofSource("test", "results")).isEqualTo(report.scores().recountedResults());
        assertThat(answer.estimatedFrom()).isEqualTo(report.scores().recountedResults());
        assertThat(answer.ofSource("test", "scored")).isEqualTo(report.scores().recountedResults());
        assertThat(answer.ofSource("test", "correct"))
                .isEqualTo(report.scores().recounted().entrySet().stream()
                        .filter(cell -> cell.getKey().actual() == cell.getKey().predicted())
                        .mapToLong(Map.Entry::getValue)
                        .sum());
    }

    /** How many partitions it has, and its own settings. */
    private List<Object> topic(String name) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try (Admin admin = kafka.admin(10_000)) {
            return List.of(
                    admin.describeTopics(List.of(name))
                            .allTopicNames()
                            .get()
                            .values()
                            .iterator()
                            .next()
                            .partitions()
                            .size(),
                    admin.describeConfigs(List.of(resource)).all().get().values().iterator().next().entries().stream()
                            .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                            .collect(toMap(ConfigEntry::name, ConfigEntry::value)));
        }
    }

    private static int partitions(ChildClassifier instance) {
        return instance.page().local().body().size();
    }

    @Test
    void shouldNameWhatIsAskedWrongly() {
        try (ChildClassifier instance = ChildClassifier.start(kafka, folder, "asked", "--application-id", "asked")) {
            awaitComplete(instance);

            Answer answer = instance.page().get("/accuracy?minutes=2000");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().asText()).contains("minutes is 1 to 1440, not 2000");
        }
    }
}
