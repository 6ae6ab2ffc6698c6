package dev.hemline.benchmarks.peer.stream;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer and a transactional producer in a loop: what the clients allow when nothing stands between them. Every poll is a
 * batch; a transaction ends as soon as one has lasted as long as Kafka Streams lets them. It is a yardstick: no record that
 * cannot be read is provided for, and no partition that moves.
 */
final class Loop implements Runnable, AutoCloseable {
    private static final Duration TRANSACTION = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(100);

    private final EventClassifier classifier;
    private final int maxBatch;
    private final KafkaConsumer<String, ImageEvent> consumer;
    private final KafkaProducer<String, Classification> producer;
    private final BooleanSupplier stopped;
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private long begun;

    /**
     * @param consumerSettings read_committed, without auto-commit
     * @param producerSettings with a transactional id
     */
    Loop(
            EventClassifier classifier,
            int maxBatch,
            Map<String, Object> consumerSettings,
            Map<String, Object> producerSettings,
            BooleanSupplier stopped) {
        this.classifier = classifier;
        this.maxBatch = maxBatch;
        this.consumer = new KafkaConsumer<>(
                consumerSettings,
                Topics.IMAGE_EVENTS.keySerde().deserializer(),
                Topics.IMAGE_EVENTS.valueSerde().deserializer());
        this.producer = new KafkaProducer<>(
                producerSettings,
                Topics.CLASSIFICATIONS.keySerde().serializer(),
                Topics.CLASSIFICATIONS.valueSerde().serializer());
        this.stopped = stopped;
    }

    @Override
    public void run() {
        producer.initTransactions();
        consumer.subscribe(List.of(Topics.IMAGE_EVENTS.name()));
        while (!stopped.getAsBoolean()) {
            ConsumerRecords<String, ImageEvent> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                send(records);
            }
            if (!done.isEmpty() && System.nanoTime() - begun >= TRANSACTION.toNanos()) {
                commit();
            }
        }
        if (!done.isEmpty()) {
            commit();
        }
    }

    private void send(ConsumerRecords<String, ImageEvent> records) {
        if (done.isEmpty()) {
            producer.beginTransaction();
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
            // The commit fails if any of them did.
            var unused = producer.send(new ProducerRecord<>(Topics.CLASSIFICATIONS.name(), result.getId(), result));
        }
        batch.forEach(record -> done.put(
                new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1)));
        batch.clear();
    }

    private void commit() {
        producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
        producer.commitTransaction();
        done.clear();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
        classifier.close();
    }
}
