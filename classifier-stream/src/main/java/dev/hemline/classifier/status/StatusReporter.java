package dev.hemline.classifier.status;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelStatus;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on topic {@code model-status} what this instance serves and refuses: at once when it changes, again at every
 * heartbeat, and takes it all back when closed. Works on a thread of its own with a producer of its own; events never
 * wait for it, and what it cannot say is said at the next heartbeat.
 */
public final class StatusReporter implements ClassifierListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final ModelStatuses statuses;
    private final Set<String> onTopic = new HashSet<>();
    private final ScheduledExecutorService thread = DaemonThreads.scheduled("model-status");
    private final AtomicBoolean toldOfRights = new AtomicBoolean();
    private @Nullable Producer<String, ModelStatus> producer;

    public StatusReporter(KafkaSettings kafka, ModelStatuses statuses) {
        this.kafka = kafka;
        this.statuses = statuses;
    }

    /** Begins the heartbeats. */
    public void start() {
        long period = HEARTBEAT.toMillis();
        var unused = thread.scheduleAtFixedRate(this::say, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void serves(ModelManifest manifest) {
        change(() -> statuses.serves(manifest, Instant.now()));
    }

    @Override
    public void refused(ModelManifest manifest, ModelRefusedException why) {
        change(() -> statuses.refused(manifest, why, Instant.now()));
    }

    @Override
    public void pinUnmet(Optional<String> why) {
        change(() -> statuses.pinUnmet(why));
    }

    private void change(Runnable change) {
        if (!thread.isShutdown()) {
            thread.execute(() -> {
                change.run();
                say();
            });
        }
    }

    private void say() {
        Map<String, ModelStatus> now = statuses.all(Instant.now());
        now.forEach(this::send);
        onTopic.stream().filter(key -> !now.containsKey(key)).forEach(gone -> send(gone, null));
        onTopic.clear();
        onTopic.addAll(now.keySet());
    }

    private void send(String key, @Nullable ModelStatus status) {
        try {
            var unused = producer()
                    .send(new ProducerRecord<>(Topics.MODEL_STATUS.name(), key, status), (at, failure) -> {
                        if (failure != null) {
                            notSaid(key, failure);
                        }
                    });
        } catch (KafkaException e) {
            notSaid(key, e);
        }
    }

    /** What goes wrong for a moment goes right at the next heartbeat; a missing right does not. */
    private void notSaid(String key, Exception failure) {
        LOG.debug("Not said on {}: {}", Topics.MODEL_STATUS, key, failure);
        if (failure instanceof AuthorizationException && !toldOfRights.getAndSet(true)) {
            LOG.warn("'hemline models list' does not know of this instance: {}", failure.getMessage());
        }
    }

    /** Only on the reporter's thread. */
    private Producer<String, ModelStatus> producer() {
        Producer<String, ModelStatus> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(
                    kafka.client(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, HEARTBEAT.toMillis() / 2)),
                    Topics.MODEL_STATUS.keySerde().serializer(),
                    Topics.MODEL_STATUS.valueSerde().serializer());
            producer = open;
        }
        return open;
    }

    private void takeBack() {
        if (producer != null) {
            onTopic.forEach(key -> send(key, null));
            producer.close(CLOSE_TIMEOUT);
        }
    }

    /** Within two seconds, brokers or not: what was not taken back grows old by itself. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.execute(this::takeBack);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2 * CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("The last status is left to grow old by itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
