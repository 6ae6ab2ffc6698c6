package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.ImageEvent;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** docs/connect.md as it stands there: results into a real PostgreSQL, by a worker of Kafka Connect that is killed. */
@Tag("long")
class ConnectIT {
    private static final Path EXAMPLE = RepositoryFiles.ROOT.resolve("examples/connect");
    private static final int EVENTS = 600;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    @TempDir
    Path folder;

    private int sent;

    @Test
    void shouldMakeOneRowOfEachEventHoweverOftenItIsRead() throws Exception {
        // Given
        assertThat(EXAMPLE.resolve("target/worker"))
                .as("Kafka Connect; ./hemline verify --long gets it")
                .isDirectory();
        TestModels.publish(broker.settings(), 1);
        try (var database = new RealPostgres(folder);
                ChildClassifier classifier =
                        ChildClassifier.start(broker.settings(), folder, "classifier", "--result-format", "json")) {
            send(EVENTS);
            Process worker = worker(database);
            await().atMost(PATIENCE).until(() -> rows(database) == EVENTS);

            // When: it is killed while it writes, and reads all of it again
            send(EVENTS);
            await().atMost(PATIENCE).until(() -> rows(database) > EVENTS);
            worker.destroyForcibly().waitFor();
            forgetWhatWasRead();
            send(EVENTS);
            Process again = worker(database);

            // Then
            try {
                await().atMost(PATIENCE).until(() -> rows(database) == sent);
                assertThat(database.query("SELECT id FROM results"))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, sent).mapToObj(ConnectIT::id).toList());
                assertThat(database.query("SELECT DISTINCT modelversion, cardinality(probabilities),"
                                + " classifiedat::timestamptz >= now() - interval '1 hour' FROM results"))
                        .containsExactly("1|10|t");
            } finally {
                again.destroyForcibly();
            }
        }
    }

    private static String id(int number) {
        return "event-" + number;
    }

    private void send(int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = broker.clients().bytesProducer()) {
            for (int i = 0; i < count; i++) {
                ImageEvent event = TestEvents.image(id(sent++)).build();
                producer.send(new ProducerRecord<>(
                                Topics.IMAGE_EVENTS.name(),
                                EventSerde.of(ImageEvent.class).encode(event)))
                        .get();
            }
        }
    }

    private static int rows(RealPostgres database) throws Exception {
        List<String> answer = database.query("SELECT count(*) FROM results");
        // Before the first result there is no table.
        return answer.size() == 1 && answer.get(0).matches("\\d+") ? Integer.parseInt(answer.get(0)) : 0;
    }

    /** The page's command, with our addresses for the reader's. */
    private Process worker(RealPostgres database) throws IOException {
        String target = EXAMPLE.resolve("target") + "/";
        write("worker.properties", target, database);
        write("postgres.properties", target, database);
        return new ProcessBuilder(
                        "java",
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        target + "worker/*",
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        "worker.properties",
                        "postgres.properties")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("worker.log").toFile()))
                .start();
    }

    private void write(String name, String target, RealPostgres database) throws IOException {
        Files.writeString(
                folder.resolve(name),
                Files.readString(EXAMPLE.resolve(name))
                        .replace("localhost:9092", broker.bootstrapServers())
                        .replace("127.0.0.1:8083", "127.0.0.1:" + FreePort.any())
                        .replace("localhost:5432", database.address())
                        .replace("=target/", "=" + target));
    }

    private void forgetWhatWasRead() {
        try (Admin admin = broker.clients().admin()) {
            // A group has to be empty to be deleted, and a killed member counts until its session ends.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.of("connect-hemline-results"))
                        .all()
                        .get();
                return true;
            });
        }
    }
}
