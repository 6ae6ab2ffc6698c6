package dev.hemline.producer;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens producers that lose nothing and double nothing between here and the broker. */
final class KafkaProducers {

    private static final Map<String, ?> DEFAULTS = Map.of(
            // short, because a thread that blocks there cannot be asked to stop; Delivery is patient instead
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            2_000,
            ProducerConfig.CLIENT_ID_CONFIG,
            "hemline-producer",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true);

    private KafkaProducers() {}

    /** @throws UserError if the settings are wrong or no broker's name can be resolved */
    static Producer<String, byte[]> open(KafkaSettings kafka) {
        try {
            return new KafkaProducer<>(kafka.client(DEFAULTS), new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new UserError("Cannot use Kafka at " + kafka.bootstrapServers() + ": " + reason.getMessage(), e);
        }
    }
}
