package dev.hemline.chaos.models;

import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Puts versions on topic {@code models}, each in a transaction, without looking at them. For one thread. */
final class ModelWriter implements AutoCloseable {
    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);

    private final Map<String, Object> settings;
    private @Nullable Producer<String, byte[]> producer;

    ModelWriter(KafkaSettings kafka) {
        settings = kafka.client(Map.of("transactional.id", "hemline-chaos-models", "transaction.timeout.ms", 15_000));
    }

    /** @throws KafkaException if the brokers do not take it; then it may be on its topic or not */
    void write(Version version) {
        try {
            Producer<String, byte[]> open = open();
            open.beginTransaction();
            ModelManifest manifest = version.manifest();
            for (ModelChunk chunk : version.chunks()) {
                send(
                        open,
                        new ModelKey.Chunk(chunk.getName(), chunk.getVersion(), chunk.getIndex()),
                        CHUNKS.encode(chunk));
            }
            send(open, new ModelKey.Manifest(manifest.getName(), manifest.getVersion()), MANIFESTS.encode(manifest));
            open.commitTransaction();
        } catch (KafkaException e) {
            // The next one fences this one, which ends what it left open.
            close();
            throw e;
        }
    }

    private Producer<String, byte[]> open() {
        Producer<String, byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer = open;
            open.initTransactions();
        }
        return open;
    }

    /** A failed send fails the commit, so nobody waits for this one. */
    private static void send(Producer<String, byte[]> producer, ModelKey key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(Topics.MODELS.name(), key.toString(), value));
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
