package dev.hemline.model.publish;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes in transactions of one producer. */
final class KafkaModelPublisher implements ModelPublisher {
    private static final String FORMAT = "torchscript";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int TRANSACTION_TIMEOUT_MILLIS = 30_000;

    private final String name;
    private final Producer<String, byte[]> producer;
    private final Optional<SigningKey> signer;
    private final EventSerde<ModelManifest> manifests = EventSerde.of(ModelManifest.class);
    private final EventSerde<ModelChunk> chunks = EventSerde.of(ModelChunk.class);
    private final Supplier<PublishedVersions> topic;
    private final boolean compresses;
    private Optional<Instant> since;
    private int highest;
    private boolean failed;

    /**
     * @param compresses whether the producer does, by gzip
     * @param topic reads what is published at the time
     */
    KafkaModelPublisher(
            String name,
            Producer<String, byte[]> producer,
            boolean compresses,
            Optional<SigningKey> signer,
            Supplier<PublishedVersions> topic) {
        this.compresses = compresses;
        this.name = name;
        this.producer = producer;
        this.signer = signer;
        this.topic = topic;
        PublishedVersions published = topic.get();
        this.highest = published.highest();
        this.since = published.newestFirst().stream()
                .map(version -> ModelCatalog.since(version.manifest()))
                .min(Comparator.naturalOrder());
    }

    static KafkaModelPublisher open(
            String name, Map<String, Object> kafka, Optional<SigningKey> signer, Optional<TrustedKeys> trusted) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        // Brokers measure what is compressed, producers what is not.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * LARGEST_MANIFEST_BYTES);
        properties.putAll(kafka);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "hemline-trainer-" + name);
        Producer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        boolean opened = false;
        try {
            // First fence whoever published before, then look: nobody can add a version behind our back.
            producer.initTransactions();
            boolean compresses = "gzip".equals(properties.get(ProducerConfig.COMPRESSION_TYPE_CONFIG));
            KafkaModelPublisher publisher = new KafkaModelPublisher(
                    name, producer, compresses, signer, () -> PublishedVersions.read(name, kafka, trusted));
            opened = true;
            return publisher;
        } finally {
            if (!opened) {
                producer.close(Duration.ZERO);
            }
        }
    }

    @Override
    public PublishedVersions versions() {
        return topic.get();
    }

    @Override
    public ModelManifest publish(ModelManifest.Builder draft, byte[] archive) {
        if (highest >= ModelKey.HIGHEST_VERSION) {
            throw new IllegalArgumentException("v" + highest + " of " + name + " is on topic " + Topics.MODELS
                    + ", and there is no number after it; retire it by hemline models retire if it is nobody's, or choose"
                    + " another name");
        }
        int version = highest + 1;
        Instant first = since.orElse(draft.getCreatedAt());
        Map<String, String> training = new TreeMap<>(draft.hasTraining() ? draft.getTraining() : Map.of());
        if (signer.isPresent()) {
            training.put(ModelCatalog.SINCE, first.toString());
        }
        ModelManifest complete = ModelManifest.newBuilder(draft)
                .setName(name)
                .setVersion(version)
                .setTraining(training)
                .setArchive(new ModelArchive(
                        FORMAT, (long) archive.length, Sha256.hex(archive), ModelChunks.count(archive.length)))
                .setSignature(null)
                .build();
        ModelManifest unsigned = fitting(complete);
        ModelManifest manifest = signer.map(key -> key.sign(unsigned)).orElse(unsigned);
        inTransaction(() -> {
            for (ModelChunk chunk : ModelChunks.split(name, version, archive)) {
                send(new ModelKey.Chunk(name, version, chunk.getIndex()), chunks.encode(chunk));
            }
            send(new ModelKey.Manifest(name, version), manifests.encode(manifest));
        });
        highest = version;
        since = Optional.of(first);
        return manifest;
    }

    /** With as many of its golden images, the first ones, as a record has room for. */
    private ModelManifest fitting(ModelManifest complete) {
        GoldenBatch golden = complete.getGolden();
        int images = golden.getImages().size();
        ModelManifest fitting = complete;
        for (; images > 1 && manifests.encode(fitting).length > ModelChunks.LARGEST_BYTES; images--) {
            fitting = ModelManifest.newBuilder(complete)
                    .setGolden(new GoldenBatch(
                            golden.getImages().subList(0, images - 1),
                            golden.getProbabilities().subList(0, images - 1),
                            golden.getTolerance()))
                    .build();
        }
        byte[] bytes = manifests.encode(fitting);
        int travelling = compresses ? deflatedBytes(bytes) : bytes.length;
        if (travelling > ModelChunks.LARGEST_BYTES || bytes.length > LARGEST_MANIFEST_BYTES) {
            throw new IllegalArgumentException("the manifest has " + bytes.length + " bytes"
                    + (compresses ? ", " + travelling + " compressed," : "") + " with a single golden image, and "
                    + ModelChunks.LARGEST_BYTES + " have room in a record; give the model a smaller input");
        }
        return fitting;
    }

    private static int deflatedBytes(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] part = new byte[1 << 16];
            while (!deflater.finished()) {
                deflater.deflate(part);
            }
            return Math.toIntExact(deflater.getBytesWritten());
        } finally {
            deflater.end();
        }
    }

    @Override
    public void commitOffsets(ConsumerGroupMetadata group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        inTransaction(() -> producer.sendOffsetsToTransaction(offsets, group));
    }

    private void inTransaction(Runnable sends) {
        if (failed) {
            throw new IllegalStateException("publishing failed before; open another publisher");
        }
        try {
            producer.beginTransaction();
            sends.run();
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new FencedPublisherException(name, e);
        } catch (KafkaException e) {
            throw abort(e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private void send(ModelKey key, byte[] value) {
        // A failed send fails the commit, so nobody waits for this one.
        var unused = producer.send(new ProducerRecord<>(Topics.MODELS.name(), key.toString(), value));
    }

    private RuntimeException abort(KafkaException failure) {
        failed = true;
        if (failure.getCause() instanceof ProducerFencedException
                || failure.getCause() instanceof InvalidProducerEpochException) {
            return new FencedPublisherException(name, failure);
        }
        try {
            producer.abortTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            return new FencedPublisherException(name, e);
        } catch (KafkaException | IllegalStateException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }
}
