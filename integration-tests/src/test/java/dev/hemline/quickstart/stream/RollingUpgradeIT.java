package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.LaterRelease;
import dev.hemline.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Classifiers are replaced by those of another build and back, one after another, over the same state, while events and labels flow and
 * each build publishes a signed version.
 */
@Tag("long")
class RollingUpgradeIT {
    private static final SigningKey KEY = SigningKey.generate();
    private static final int EACH = 100;

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;

    @BeforeEach
    void startBroker() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = KafkaSettings.of(broker.bootstrapServers());
        KEY.write(folder.resolve("key.pem"));
        KEY.trustedKey().write(folder.resolve("trusted.pem"));
        Files.write(folder.resolve("m.pt"), UntrainedModel.of("tiny", 1).archive());
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void shouldRollForwardsAndBackBetweenThisBuildAndOneWhoseSchemasAllHaveAFieldMore() throws Exception {
        UnaryOperator<ChildCommand> later = OtherBuild.ofLaterSchemas(folder.resolve("later"));

        // Every third event and label is one of a producer's of that build.
        LabelledEvents.Encoding mixed = (number, event) ->
                number % 3 == 0 ? LaterRelease.encode(event) : LabelledEvents.Encoding.OURS.encode(number, event);
        run(later, "topics", "create");

        List<Boolean> ours = roll(List.of(OtherBuild.none(), later, OtherBuild.none()), mixed);

        assertThat(ours).as("results by our schema, and by the other one").contains(true, false);
    }

    @Test
    void shouldRollForwardsAndBackBetweenTheReleaseBeforeAndThisBuild() throws Exception {
        UnaryOperator<ChildCommand> before = OtherBuild.ofTheReleaseBefore();
        // Producers come last.
        Schema former = new Schema.Parser().parse(ImageEvent.class.getResourceAsStream("former/ImageEvent.avsc"));
        LabelledEvents.Encoding theirs = (number, event) -> event instanceof ImageEvent
                ? LaterRelease.encode(event, former)
                : LabelledEvents.Encoding.OURS.encode(number, event);
        run(before, "topics", "create");

        List<Boolean> ours = roll(List.of(before, OtherBuild.none(), before), theirs);

        assertThat(ours).doesNotContain(false);
    }

    /**
     * @param builds one classifier after another
     * @return of each result, whether it is written by our schema
     */
    private List<Boolean> roll(List<UnaryOperator<ChildCommand>> builds, LabelledEvents.Encoding encoding)
            throws Exception {
        var audit = new StreamAudit(kafka, Duration.ofSeconds(30));
        Map<TopicPartition, Long> start = audit.mark();

        var enough = new AtomicBoolean();
        try (LabelledEvents events = new LabelledEvents(kafka.bootstrapServers(), "event-", encoding)) {
            var sending = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    events.send(20);
                    Utils.sleep(200);
                }
            });
            ChildClassifier last = rollOver(builds);
            enough.set(true);
            sending.join();

            // Every event has its result, and every label its score
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                AuditReport report = audit.count(start, audit.mark());
                assertThat(report.classified())
                        .as(() -> report + "\n" + String.join("\n", last.lastLines()))
                        .isEqualTo(events.sent());
                assertThat(report.exactlyOnce()).isTrue();
                assertThat(report.rejected()).isZero();
                assertThat(report.scores().recountedResults()).isEqualTo(events.sent());
                assertThat(report.scores().scored()).isEqualTo(report.scores().recounted());
                assertThat(report.versions()).hasSize(builds.size());
            });
            last.stop();
        }
        byte[] header = EventSerde.of(Classification.class).header();
        return new TestClients(kafka.bootstrapServers())
                .readAll(Topics.CLASSIFICATIONS).stream()
                        .map(result -> Arrays.equals(header, 0, header.length, result.value(), 0, header.length))
                        .distinct()
                        .toList();
    }

    /** Each starts before the one before it stops; for a while both share the partitions. */
    private ChildClassifier rollOver(List<UnaryOperator<ChildCommand>> builds) throws Exception {
        List<ChildClassifier> running = new ArrayList<>();
        for (UnaryOperator<ChildCommand> build : builds) {
            run(
                    build,
                    "models",
                    "publish",
                    folder.resolve("m.pt").toString(),
                    "--model",
                    "m",
                    "--labels",
                    "a,b,c,d,e,f,g,h,i,j",
                    "--input",
                    "1x28x28",
                    "--signing-key",
                    folder.resolve("key.pem").toString());
            running.add(ChildClassifier.start(
                    kafka,
                    folder,
                    "build-" + running.size(),
                    Map.of(),
                    build,
                    "--trusted-keys",
                    folder.resolve("trusted.pem").toString()));
            awaitMoreScores();
            if (running.size() > 1) {
                running.get(running.size() - 2).stop();
                awaitMoreScores();
            }
        }
        return running.get(running.size() - 1);
    }

    /** In each partition, whoever has it. */
    private void awaitMoreScores() {
        Map<Integer, Long> before = scores();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            Map<Integer, Long> now = scores();
            return IntStream.range(0, Topics.SCORES.partitions())
                    .allMatch(one -> now.getOrDefault(one, 0L) >= before.getOrDefault(one, 0L) + EACH);
        });
    }

    private Map<Integer, Long> scores() {
        return new TestClients(kafka.bootstrapServers())
                .readAll(Topics.SCORES).stream()
                        .collect(Collectors.groupingBy(ConsumerRecord::partition, Collectors.counting()));
    }

    private void run(UnaryOperator<ChildCommand> build, String verb, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        Path log = folder.resolve(verb + ".log");
        try (ChildProcess process = ChildProcess.start(build.apply(ChildCommand.of(verb, "384m", arguments)), log)) {
            await().atMost(PATIENCE).until(process::ended);
            assertThat(process.lastLines()).noneMatch(line -> line.contains(" ERROR "));
        }
    }
}
