package dev.hemline.chaos.models;

import dev.hemline.chaos.models.ModelDraft.Version;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a version every few seconds: two good ones, then a bad one, of every kind in turn. */
public final class ModelStorm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStorm.class);
    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final String NETWORK = "tiny";
    private static final int EVERY_SO_MANY = 3;
    /** Of a class. */
    private static final int MOST_EXAMPLES = 20;

    private final LabelledImages images = FashionMnist.load(null).train().first(2_000);
    private final Map<String, Object> producer;
    private final String name;
    private final SigningKey key;
    private final long seed;
    private final Random random;
    private final Deque<BadModel> deck = new ArrayDeque<>();
    private final Map<Integer, String> bad = new TreeMap<>();
    private final ScheduledExecutorService thread = DaemonThreads.scheduled("model-storm");
    private int newest;
    private int published;

    /**
     * @param name of the model
     * @param key whose models may serve
     */
    public ModelStorm(KafkaSettings kafka, String name, SigningKey key, long seed) {
        this.name = name;
        this.producer =
                kafka.client(Map.of("transactional.id", "hemline-chaos-models", "transaction.timeout.ms", 15_000));
        this.key = key;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /**
     * Publishes a first version and waits for that.
     *
     * @throws KafkaException if the brokers do not take it
     */
    public void publishFirst() {
        publishNext();
    }

    /** Goes on by itself. */
    public void start(Duration every) {
        var unused = thread.scheduleWithFixedDelay(
                this::tryToPublish, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tryToPublish() {
        try {
            publishNext();
        } catch (KafkaException e) {
            LOG.info("Version {} may be on its topic or not: {}", newest, e.toString());
        } catch (RuntimeException e) {
            LOG.error("No more versions come", e);
            throw e;
        }
    }

    private synchronized void publishNext() {
        published++;
        if (published % EVERY_SO_MANY != 0) {
            newest++;
            write(draft(newest).good().withOneChunkTooMany());
            return;
        }
        BadModel kind = deal();
        // What changes a version changes the newest, which was good: an older one nobody would look at.
        if (kind != BadModel.CHANGED_CONTENT) {
            newest++;
            bad.put(newest, kind.reason().code());
        }
        write(kind.of(draft(newest)));
    }

    /**
     * Puts a version on topic {@code models} in a transaction, without looking at it.
     *
     * @throws KafkaException if the brokers do not take it; then it may be on its topic or not
     */
    private void write(Version version) {
        var open = new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer());
        try {
            // Ends what one before has left open.
            open.initTransactions();
            open.beginTransaction();
            ModelManifest manifest = version.manifest();
            for (int i = 0; i < version.chunks().size(); i++) {
                var key = new ModelKey.Chunk(manifest.getName(), manifest.getVersion(), i);
                send(open, key, CHUNKS.encode(version.chunks().get(i)));
            }
            send(open, new ModelKey.Manifest(manifest.getName(), manifest.getVersion()), MANIFESTS.encode(manifest));
            open.commitTransaction();
        } finally {
            open.close(Duration.ZERO);
        }
    }

    /** A failed send fails the commit, so nobody waits for this one. */
    private static void send(Producer<String, byte[]> producer, ModelKey key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(Topics.MODELS.name(), key.toString(), value));
    }

    private ModelDraft draft(int number) {
        return new ModelDraft(UntrainedModel.knowing(NETWORK, seed + number, examples(number)), name, number, key);
    }

    /** Few or many, so that some versions are better than others. */
    private LabelledImages examples(int number) {
        int most = 1 + new Random(seed + number).nextInt(MOST_EXAMPLES);
        int[] found = new int[FashionMnist.CLASSES];
        return images.select(IntStream.range(0, images.size())
                .filter(image -> found[images.label(image)]++ < most)
                .toArray());
    }

    private BadModel deal() {
        if (deck.isEmpty()) {
            List<BadModel> all = new ArrayList<>(Arrays.asList(BadModel.values()));
            Collections.shuffle(all, random);
            deck.addAll(all);
        }
        return deck.remove();
    }

    /** Versions that must never answer, with the reason. */
    public synchronized Map<Integer, String> bad() {
        return Map.copyOf(bad);
    }

    /** The highest number given. */
    public synchronized int newest() {
        return newest;
    }

    /** Ends after the version under way. */
    public void stop() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
