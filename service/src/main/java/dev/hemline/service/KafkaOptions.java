package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every command that talks to Kafka. Use as a picocli {@code @Mixin}. */
public final class KafkaOptions {
    private static final String ENVIRONMENT_PREFIX = "KAFKA_";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "The Kafka brokers to start from, comma-separated. Default: ${DEFAULT-VALUE}")
    String bootstrapServers = "localhost:9092";

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description =
                    "Any Kafka client setting by Kafka's name, for instance --kafka security.protocol=SSL. Repeatable."
                            + " KAFKA_SECURITY_PROTOCOL=SSL in the environment does the same. Not those that exactly-once"
                            + " hangs on, such as acks.")
    Map<String, String> overrides = new HashMap<>();

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "A properties file of Kafka client settings, as Kafka's own tools take it with --command-config:"
                            + " the place for TLS, user and password.")
    @Nullable
    Path file;

    /** @throws UserError if the file of settings cannot be read */
    public KafkaSettings settings() {
        return settings(System.getenv());
    }

    /**
     * The same, for a command that a person waits for.
     *
     * @throws UserError also if no broker answers within four seconds
     */
    public KafkaSettings answering() {
        KafkaSettings settings = settings();
        BrokerCall.requireAnswer(settings);
        return settings;
    }

    /** Strongest first: {@code --kafka}, {@code --kafka-config}, the environment. */
    KafkaSettings settings(Map<String, String> environment) {
        Map<String, String> merged = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX) && !value.isBlank()) {
                String setting = name.substring(ENVIRONMENT_PREFIX.length());
                merged.put(setting.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        // Meant for other programs of the same container: what ours promise hangs on their own.
        merged.keySet().removeAll(KafkaSettings.OURS);
        // Where the brokers are has a flag of its own, which the environment must not overrule.
        merged.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        if (file != null) {
            merged.putAll(read(file));
        }
        merged.putAll(overrides);
        String servers = merged.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        return new KafkaSettings(servers == null ? bootstrapServers : servers, merged);
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError("Cannot read --kafka-config " + file + ": " + e, e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
