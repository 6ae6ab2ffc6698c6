package dev.hemline.testbed.broker;

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
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker with Hemline's topics, for all tests of a class where the {@code @RegisterExtension} field is static, else a
 * fresh one for each test. It starts in about a second and shares the test's JVM, whose flags (first compiler only, 1 GB of
 * heap) suit it; a broker that a test wants to kill has to be a child JVM.
 */
public final class TestBroker implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private @Nullable Path folder;
    private @Nullable EmbeddedBroker broker;
    private boolean forAllTests;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        forAllTests = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!forAllTests) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (!forAllTests) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
    }

    private void start() throws IOException {
        Path temporary = Files.createTempDirectory("hemline-test-");
        folder = temporary;
        broker = EmbeddedBroker.start(temporary.resolve("kafka"), 0);
        try (Admin admin = clients().admin()) {
            new TopicCreation(admin).ensure(Topics.ALL);
        }
    }

    private void stop() throws IOException {
        if (broker != null) {
            broker.close();
        }
        if (folder != null) {
            Utils.delete(folder.toFile());
        }
    }

    public String bootstrapServers() {
        if (broker == null) {
            throw new IllegalStateException("The broker is not started; is the field @RegisterExtension?");
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
