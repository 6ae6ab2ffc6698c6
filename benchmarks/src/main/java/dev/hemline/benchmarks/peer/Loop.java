package dev.hemline.benchmarks.peer;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A consumer and a producer in a loop: what the clients allow when nothing stands between them. Every poll is a batch; it
 * commits as often as Kafka Streams does. It is a yardstick: no record that cannot be read is provided for, and no model that
 * changes.
 */
final class Loop implements Runnable, ConsumerRebalanceListener {
    private static final Duration POLL = Duration.ofMillis(100);

    private final boolean exactlyOnce;
    private final EventClassifier classifier;
    private final int maxBatch;
    private final Consumer<String, ImageEvent> consumer;
    private final Producer<String, Classification> producer;
    private final BooleanSupplier stopped;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private long begun;

    /**
     * @param consumer read_committed, without auto-commit
     * @param producer with a transactional id, if results are to be there exactly once
     */
    Loop(
            Guarantee guarantee,
            EventClassifier classifier,
            int maxBatch,
            Consumer<String, ImageEvent> consumer,
            Producer<String, Classification> producer,
            BooleanSupplier stopped) {
        this.exactlyOnce = guarantee == Guarantee.EXACTLY_ONCE_V2;
        this.classifier = classifier;
        this.maxBatch = maxBatch;
        this.consumer = consumer;
        this.producer = producer;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        if (exactlyOnce) {
            producer.initTransactions();
        }
        consumer.subscribe(List.of(Topics.IMAGE_EVENTS.name()), this);
        while (!stopped.getAsBoolean()) {
            ConsumerRecords<String, ImageEvent> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                send(records);
            }
            if (System.nanoTime() - begun >= Guarantee.COMMIT.toNanos()) {
                commit();
            }
        }
        commit();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    /** Whoever gets them next goes on where this one ends. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit();
    }

    private void send(ConsumerRecords<String, ImageEvent> records) {
        if (done.isEmpty()) {
            if (exactlyOnce) {
                producer.beginTransaction();
            }
            begun = System.nanoTime();
        }
        List<ConsumerRecord<String, ImageEvent>> batch = new ArrayList<>(maxBatch);
        for (ConsumerRecord<String, ImageEvent> record : records) {
            batch.add(record);
            if (batch.size() == maxBatch) {
                send(batch);
            }
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private void send(List<ConsumerRecord<String, ImageEvent>> batch) {
        for (Classification result :
                classifier.classify(batch.stream().map(ConsumerRecord::value).toList())) {
            var unused = producer.send(
                    new ProducerRecord<>(Topics.CLASSIFICATIONS.name(), result.getId(), result),
                    (where, problem) -> failure.compareAndSet(null, problem));
        }
        batch.forEach(record -> done.put(
                new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1)));
        batch.clear();
    }

    private void commit() {
        if (done.isEmpty()) {
            return;
        }
        if (exactlyOnce) {
            // In one transaction, which fails if a result does.
            producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
            producer.commitTransaction();
        } else {
            // Results first; a crash in between gives them again.
            producer.flush();
            if (failure.get() != null) {
                throw new KafkaException("A result was not taken", failure.get());
            }
            consumer.commitSync(done);
        }
        done.clear();
    }
}
