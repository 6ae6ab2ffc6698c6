package dev.hemline.producer;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens clients that lose nothing and double nothing between here and the broker. */
final class KafkaClients {

    private static final Map<String, Object> DEFAULTS = Map.of(
            // short, because a thread that blocks there cannot be asked to stop; Delivery is patient instead
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            2_000,
            ProducerConfig.CLIENT_ID_CONFIG,
            "hemline-producer",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true);

    private KafkaClients() {}

    /**
     * @param run a name makes it transactional
     * @throws UserError if the settings are wrong or no broker's name can be resolved
     */
    static Producer<String, byte[]> open(KafkaSettings kafka, Optional<String> run) {
        Map<String, Object> defaults = new HashMap<>(DEFAULTS);
        run.ifPresent(name -> {
            defaults.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, RunJournal.id(name));
            // A killed process's open transaction hides later events from readers until this has passed.
            defaults.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
            // Commits wait there too, and giving up on one ends the run.
            defaults.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000);
        });
        try {
            return new KafkaProducer<>(kafka.client(defaults), new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new UserError("Cannot use Kafka at " + kafka.bootstrapServers() + ": " + reason.getMessage(), e);
        }
    }

    /** A consumer to read a group's offsets with. */
    static Consumer<?, ?> group(KafkaSettings kafka, String group) {
        Map<String, Object> defaults = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                // Offsets of a transaction that is being aborted are waited for.
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        return new KafkaConsumer<>(kafka.client(defaults), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
