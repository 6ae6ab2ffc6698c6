package dev.hemline.quickstart.broker;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.TopicCreation;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker with Hemline's topics for all tests of a class: {@code @RegisterExtension static final TestBroker BROKER =
 * new TestBroker()}. It starts in about a second and shares the test's JVM, whose flags (first compiler only, 1 GB of
 * heap) suit it; a broker that a test wants to kill has to be a child JVM.
 */
public final class TestBroker implements BeforeAllCallback, AfterAllCallback {
    private @Nullable Path folder;
    private @Nullable EmbeddedBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path temporary = Files.createTempDirectory("hemline-test-");
        folder = temporary;
        broker = EmbeddedBroker.start(temporary.resolve("kafka"), 0);
        try (Admin admin = clients().admin()) {
            new TopicCreation(admin).ensure(Topics.ALL);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (broker != null) {
            broker.close();
        }
        if (folder != null) {
            Utils.delete(folder.toFile());
        }
    }

    public String bootstrapServers() {
        if (broker == null) {
            throw new IllegalStateException("The broker is not started; is the field static and @RegisterExtension?");
        }
        return broker.bootstrapServers();
    }

    public KafkaSettings settings() {
        return KafkaSettings.of(bootstrapServers());
    }

    public TestClients clients() {
        return new TestClients(bootstrapServers());
    }
}
