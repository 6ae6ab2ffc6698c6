package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.service.UserError;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamAuditIT {
    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    private final StreamAudit audit = new StreamAudit(BROKER.settings(), Duration.ofSeconds(3));

    @Test
    void shouldCountOnlyTheEventsBetweenTwoMarks() {
        send("before");
        Map<TopicPartition, Long> from = audit.mark();
        send("a", "b");
        Map<TopicPartition, Long> until = audit.mark();
        send("after");
        answer("before", "a", "b", "after");

        AuditReport report = audit.count(from, until);

        assertThat(report.sent()).isEqualTo(2);
        assertThat(report.classified()).isEqualTo(2);
        assertThat(report.earlier()).isEqualTo(2);
        assertThat(report.exactlyOnce()).isTrue();
    }

    @Test
    void shouldNotCountResultsOfAnAbortedTransaction() {
        Map<TopicPartition, Long> from = audit.mark();
        send("c", "d");
        try (var producer = transactional("aborting")) {
            producer.beginTransaction();
            write(producer, result("c"));
            write(producer, result("d"));
            producer.abortTransaction();
            producer.beginTransaction();
            write(producer, result("c"));
            producer.commitTransaction();
        }

        AuditReport report = audit.count(from, audit.mark());

        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.duplicated()).isZero();
    }

    @Test
    void shouldRefuseToCountWhileATransactionIsOpen() {
        Map<TopicPartition, Long> from = audit.mark();
        send("e");
        try (var producer = transactional("dawdling")) {
            producer.beginTransaction();
            write(producer, result("e"));

            assertThatThrownBy(() -> audit.count(from, audit.mark()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("a transaction is still open");

            producer.commitTransaction();
            assertThat(audit.count(from, audit.mark()).exactlyOnce()).isTrue();
        }
    }

    private static void send(String... ids) {
        var events = EventSerde.of(ImageEvent.class);
        try (var producer = BROKER.clients().bytesProducer()) {
            for (String id : ids) {
                byte[] value = events.encode(TestEvents.image(id).build());
                write(producer, record(Topics.IMAGE_EVENTS, id, value));
            }
        }
    }

    private static void answer(String... ids) {
        try (var producer = BROKER.clients().bytesProducer()) {
            for (String id : ids) {
                write(producer, result(id));
            }
        }
    }

    private static void write(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("The broker takes no record", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> result(String id) {
        byte[] value = EventSerde.of(Classification.class)
                .encode(TestEvents.classification(id, 1).build());
        return record(Topics.CLASSIFICATIONS, id, value);
    }

    private static ProducerRecord<byte[], byte[]> record(Topic<?, ?> topic, String id, byte[] value) {
        return new ProducerRecord<>(topic.name(), id.getBytes(UTF_8), value);
    }

    private static KafkaProducer<byte[], byte[]> transactional(String id) {
        Map<String, Object> config = Map.of("bootstrap.servers", BROKER.bootstrapServers(), "transactional.id", id);
        var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
