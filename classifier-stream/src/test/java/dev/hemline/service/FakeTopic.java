package dev.hemline.service;

import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A topic in memory that several read and write, each as on a broker. */
public final class FakeTopic<V> {
    private final Topic<String, V> topic;
    private final TopicPartition only;
    private final List<ConsumerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
    /** Whether it is there. */
    public volatile boolean missing;

    public FakeTopic(Topic<String, V> topic) {
        this.topic = topic;
        only = new TopicPartition(topic.name(), 0);
    }

    /** As one instance sees it. */
    public CompactedTopic<V> open(Predicate<String> wanted) {
        return new CompactedTopic<>(
                topic, wanted, Duration.ofSeconds(5), SchemaTopic.on(Map.of()), Reader::new, Writer::new);
    }

    public synchronized void write(String key, @Nullable V value) {
        records.add(new ConsumerRecord<>(
                only.topic(),
                0,
                records.size(),
                topic.keySerde().serializer().serialize(only.topic(), key),
                value == null ? null : topic.valueSerde().serializer().serialize(only.topic(), value)));
    }

    private final class Reader extends MockConsumer<byte[], byte[]> {
        private int given;

        Reader() {
            super("earliest");
            if (!missing) {
                updatePartitions(only.topic(), List.of(new PartitionInfo(only.topic(), 0, null, null, null)));
            }
            updateBeginningOffsets(Map.of(only, 0L));
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            while (given < records.size()) {
                addRecord(records.get(given++));
            }
            updateEndOffsets(Map.of(only, (long) given));
            return super.endOffsets(partitions, timeout);
        }
    }

    private final class Writer extends MockProducer<String, V> {
        Writer() {
            super(true, null, topic.keySerde().serializer(), topic.valueSerde().serializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, V> record, Callback callback) {
            write(record.key(), record.value());
            return super.send(record, callback);
        }
    }
}
