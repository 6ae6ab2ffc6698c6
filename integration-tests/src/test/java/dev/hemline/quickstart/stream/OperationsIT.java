package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicCreation;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.TrainCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows of docs/operations.md: what an instance says while something around it is wrong, and that nothing is lost by it. */
class OperationsIT {
    @RegisterExtension
    final TestBroker broker = new TestBroker();

    @TempDir
    Path folder;

    private Outcomes outcomes() {
        return new Outcomes(broker.clients());
    }

    private static void awaitReason(Supplier<String> reason, String... words) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(reason.get()).contains(words));
    }

    private static void awaitReady(ChildClassifier child) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(child.readiness()).startsWith("ready"));
    }

    private static void awaitOutcomes(Outcomes outcomes, int count) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(outcomes.count()).isGreaterThanOrEqualTo(count));
    }

    private void limit(Topic<?, ?> topic, int bytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        var set = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = broker.clients().admin()) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
        await().atMost(PATIENCE).until(() -> KafkaTopics.maxMessageBytes(broker.settings(), topic) == bytes);
    }

    @Test
    @Tag("long")
    void shouldWaitForBrokersAtTheStartAndLaterWithoutScoresWhereNoStateCanBeKept() throws Exception {
        // Given a classifier whose broker is not there yet, and whose state folder is a file
        int port = FreePort.any();
        Path data = folder.resolve("kafka");
        KafkaSettings kafka = KafkaSettings.of("localhost:" + port);
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        try (ChildClassifier child = ChildClassifier.start(kafka, folder, "child", "--state-dir", file.toString())) {
            awaitReason(child::readiness, "not ready: waiting for Kafka: no broker answers at localhost:" + port);

            // When it comes, and goes, and comes back
            var outcomes = new Outcomes(new TestClients(kafka.bootstrapServers()));
            try (EmbeddedBroker first = EmbeddedBroker.start(data, port)) {
                assertThat(first.port()).isEqualTo(port);
                awaitReason(child::readiness, "no model yet");
                TestModels.publish(kafka, 1);
                awaitReady(child);
                awaitReason(child::readiness, "ready; but no scores are kept here: No state can be kept in");
                SentImages.send(kafka, 100, 0, 0.02);
                awaitOutcomes(outcomes, 100);
            }
            awaitReason(child::readiness, "not ready: no broker answers at localhost:" + port);
            try (EmbeddedBroker again = EmbeddedBroker.start(data, port)) {
                assertThat(again.port()).isEqualTo(port);
                awaitReady(child);
                SentImages.send(kafka, 100, 0, 0.02);

                // Then it goes on, each event has one outcome, and its log is one that can be read
                awaitOutcomes(outcomes, 200);
                outcomes.assertEachEventHasOne();
                sayWhichTopicIsGone(child, kafka);
                awaitOutcomes(outcomes, 260);
                child.kill();
            }
            assertThat(child.log())
                    .contains("Waiting for Kafka: no broker answers")
                    .contains("Kafka is not as it should be: no broker answers")
                    .contains("No scores are kept here: No state can be kept in");
            assertThat(child.log().lines().count()).as("lines in the log").isLessThan(200);
        }
    }

    private static void sayWhichTopicIsGone(ChildClassifier child, KafkaSettings kafka) throws Exception {
        try (Admin admin = new TestClients(kafka.bootstrapServers()).admin()) {
            admin.deleteTopics(List.of(Topics.IMAGE_EVENTS.name())).all().get();
            awaitReason(child::readiness, "not ready: topic image-events is gone", "hemline topics create");
            new TopicCreation(admin).ensure(Topics.ALL);
        }
        SentImages.send(kafka, 60, 0, 0);
        awaitReady(child);
    }

    @Test
    void shouldWaitUntilATopicTakesItsResults() throws Exception {
        // Given results that are larger than their topic takes
        TestModels.publish(broker.settings(), 1);
        limit(Topics.CLASSIFICATIONS, 100);
        SentImages.send(broker.settings(), 50, 0, 0);
        try (TestClassifier running = TestClassifier.start(broker.settings(), "results", folder)) {
            awaitReason(
                    () -> running.classifier.reasonNotReady().orElse("ready"),
                    "larger than topic classifications takes",
                    "raise its max.message.bytes");
            assertThat(outcomes().count()).isZero();

            // When somebody raises the limit
            limit(Topics.CLASSIFICATIONS, 1_048_588);

            // Then it goes on by itself
            awaitOutcomes(outcomes(), 50);
            await().atMost(PATIENCE)
                    .until(() -> running.classifier.reasonNotReady().isEmpty());
        }
        outcomes().assertEachEventHasOne();
    }

    @Test
    void shouldSayBeforeTrainingThatTheTopicHasNoRoomForAModel() throws Exception {
        limit(Topics.MODELS, 100_000);
        FashionMnistFixture.copyInto(Files.createDirectory(folder.resolve("data")));
        var errors = new StringWriter();

        int exitCode = CommandLineApp.of(new TrainCommand(), Map.of())
                .setErr(new PrintWriter(errors))
                .execute(
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--data",
                        folder.resolve("data").toString());

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .contains("Topic models takes records of 100000 bytes at most", "raise its max.message.bytes");
    }
}
