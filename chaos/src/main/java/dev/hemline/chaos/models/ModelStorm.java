package dev.hemline.chaos.models;

import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.untrained.UntrainedModel;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a version every few seconds: two good ones, then a bad one, of every kind in turn. */
public final class ModelStorm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStorm.class);
    private static final String NAME = "fashion-mnist";
    private static final String NETWORK = "tiny";
    private static final int EVERY_SO_MANY = 3;

    private final ModelWriter writer;
    private final SigningKey key;
    private final long seed;
    private final Random random;
    private final Deque<BadModel> deck = new ArrayDeque<>();
    private final Map<Integer, String> bad = new TreeMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(ModelStorm::daemon);
    private int newest;
    private int published;

    /** @param key whose models may serve */
    public ModelStorm(KafkaSettings kafka, SigningKey key, long seed) {
        this.writer = new ModelWriter(kafka);
        this.key = key;
        this.seed = seed;
        this.random = new Random(seed);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "model-storm");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Publishes a first version, waits for that, and goes on by itself.
     *
     * @throws KafkaException if the brokers do not take the first one
     */
    public void start(Duration every) {
        publishNext();
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
        if (published % EVERY_SO_MANY == 0) {
            publish(deal());
        } else {
            newest++;
            writer.write(piece(newest).good());
        }
    }

    private void publish(BadModel kind) {
        if (kind.takesANumberThatIsTaken()) {
            // The newest, which was good: an older one nobody would look at.
            writer.write(kind.of(piece(newest)));
        } else {
            newest++;
            bad.put(newest, kind.reason().code());
            writer.write(kind.of(piece(newest)));
        }
    }

    private BadModelDraft piece(int number) {
        return new BadModelDraft(UntrainedModel.of(NETWORK, seed + number), NAME, number, key);
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
        ExecutorService ending = thread;
        ending.shutdown();
        ending.awaitTermination(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        writer.close();
    }
}
