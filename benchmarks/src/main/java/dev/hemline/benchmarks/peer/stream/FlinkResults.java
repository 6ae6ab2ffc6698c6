package dev.hemline.benchmarks.peer.stream;

import dev.hemline.event.Classification;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How Flink writes results. */
final class FlinkResults implements KafkaRecordSerializationSchema<Classification> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Classification result, KafkaSinkContext context, Long timestamp) {
        Topic<String, Classification> topic = Topics.CLASSIFICATIONS;
        return new ProducerRecord<>(
                topic.name(),
                topic.keySerde().serializer().serialize(topic.name(), result.getId()),
                topic.valueSerde().serializer().serialize(topic.name(), result));
    }
}
