package dev.hemline.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * How to reach the brokers.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param overrides any Kafka setting by Kafka's own name; stronger than what an app sets itself
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> overrides) {
    /** Settings that only the apps themselves know: with others an event is lost, doubled, or read by nobody. */
    static final Set<String> OURS = Set.of(
            "acks",
            "allow.auto.create.topics",
            "application.id",
            "auto.offset.reset",
            "enable.auto.commit",
            "enable.idempotence",
            "group.id",
            "group.protocol",
            "isolation.level",
            "key.deserializer",
            "key.serializer",
            "processing.guarantee",
            "transactional.id",
            "value.deserializer",
            "value.serializer");

    private static final Pattern SERVERS = Pattern.compile("[^\\s,:]*[^\\s,]*:\\d{1,5}(,[^\\s,]+:\\d{1,5})*");

    public KafkaSettings {
        if (!SERVERS.matcher(bootstrapServers).matches()) {
            throw new IllegalArgumentException(
                    "--bootstrap-servers takes host:port, several separated by commas, not '" + bootstrapServers + "'");
        }
        overrides.keySet().stream().filter(OURS::contains).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("--kafka and --kafka-config cannot set " + name
                    + ": what Hemline promises hangs on its own setting");
        });
        overrides = Map.copyOf(overrides);
    }

    public static KafkaSettings of(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Map.of());
    }

    /** Properties for one client: the app's own, under those that people pass through. */
    public Map<String, Object> client(Map<String, ?> defaults) {
        Map<String, Object> properties = new HashMap<>(defaults);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.putAll(overrides);
        return properties;
    }

    /** Asks the brokers, and waits that long for an answer; the caller's to close. */
    public Admin admin(int patienceMs) {
        return Admin.create(client(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMs)));
    }

    /** Without the values of settings: passwords are among them. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", with " + new TreeSet<>(overrides.keySet()) + "]";
    }
}
