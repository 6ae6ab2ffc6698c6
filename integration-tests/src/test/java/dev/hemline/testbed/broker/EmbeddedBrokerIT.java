package dev.hemline.testbed.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    @TempDir
    Path folder;

    @Test
    void shouldKeepItsDataWhenItsFolderIsOpenedAgain() throws Exception {
        Path data = folder.resolve("kafka");
        int port;
        try (var broker = EmbeddedBroker.start(data, 0)) {
            var clients = new TestClients(broker.bootstrapServers());
            try (Admin admin = clients.admin();
                    var producer = clients.bytesProducer()) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
                producer.send(new ProducerRecord<>("kept", "key".getBytes(UTF_8), "value".getBytes(UTF_8)))
                        .get();
            }
            port = broker.port();
        }

        try (var broker = EmbeddedBroker.start(data, port)) {
            assertThat(new TestClients(broker.bootstrapServers()).readAll("kept"))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).asString().isEqualTo("value"));
        }
    }

    @Test
    void shouldCloseWithinSeconds() {
        var broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        Instant before = Instant.now();

        broker.close();

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldNotMakeATopicThatWasOnlyMentioned() {
        try (var broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
                Admin admin = new TestClients(broker.bootstrapServers()).admin()) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("typo"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void shouldSayInOneLineThatThePortIsTaken() throws IOException {
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("localhost", 0));

            assertThatThrownBy(() -> EmbeddedBroker.start(folder.resolve("kafka"), taken.getLocalPort()))
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("Port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void shouldSayWhichFolderHoldsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("holiday.txt"), "sun");

        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("holiday.txt");
    }

    @Test
    void shouldSayThatTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatThrownBy(() -> EmbeddedBroker.start(file.resolve("kafka"), 0))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void shouldSayThatAnotherBrokerUsesTheFolder() {
        try (var broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            assertThat(broker.port()).isPositive();

            assertThatThrownBy(() -> EmbeddedBroker.start(folder.resolve("kafka"), 0))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("lock");
        }
    }
}
