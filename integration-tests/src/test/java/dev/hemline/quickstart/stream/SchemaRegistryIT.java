package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.quickstart.watch.WatchCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.RegisteredSchemas;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Events of somebody else's schemas, kept in a real registry, which is killed in mid-stream. */
class SchemaRegistryIT {
    /** Partition 0 has what waits. */
    private static final int WAITING = 0;

    /** With more than ours, less than ours, all of it in another order. */
    private static final String SCHEMA = """
            {"type": "record", "name": "NAME", "namespace": "somebody", "fields": [
                {"name": "camera", "type": ["null", {"type": "map", "values": "string"}]},
                {"name": "content", "type": "bytes"},
                {"name": "height", "type": "int"},
                {"name": "width", "type": "int"},
                {"name": "format", "type": {"type": "enum", "name": "dev.hemline.event.ImageFormat", "symbols": ["PNG", "GRAY8"]}},
                {"name": "capturedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "source", "type": ["null", "string"]},
                {"name": "id", "type": "string"}]}""";

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    @TempDir
    Path folder;

    private RealRegistry registry;
    private KafkaProducer<byte[], byte[]> producer;
    private Outcomes outcomes;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        registry = new RealRegistry(folder);
        producer = broker.clients().bytesProducer();
        outcomes = new Outcomes(broker.clients());
    }

    @AfterEach
    void stop() {
        producer.close();
        registry.close();
    }

    private static String schema(String name) {
        return SCHEMA.replace("NAME", name);
    }

    private static byte[] framed(int id, String name, String event) throws IOException {
        Schema schema = new Schema.Parser().parse(schema(name));
        var values = new GenericData.Record(schema);
        values.put("id", event);
        values.put("source", "somebody");
        values.put("capturedAt", Instant.now().toEpochMilli());
        values.put(
                "format", new GenericData.EnumSymbol(schema.getField("format").schema(), "GRAY8"));
        values.put("width", 28);
        values.put("height", event.startsWith("bad") ? 1 : 28);
        values.put("content", ByteBuffer.allocate(28 * 28));
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(values, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] ours(String event) {
        return EventSerde.of(ImageEvent.class)
                .encode(ImageEvent.newBuilder()
                        .setId(event)
                        .setSource("us")
                        .setCapturedAt(Instant.now())
                        .setFormat(ImageFormat.GRAY8)
                        .setWidth(28)
                        .setHeight(28)
                        .setContent(ByteBuffer.allocate(28 * 28))
                        .build());
    }

    private interface Event {
        byte[] bytes(String id) throws IOException;
    }

    private void send(int partition, Event event) throws Exception {
        String id = "e-" + sent++;
        producer.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), partition, id.getBytes(UTF_8), event.bytes(id)))
                .get();
    }

    @Test
    void shouldWaitForARegistryThatIsKilledAndLoseAndRejectNothing() throws Exception {
        shouldWaitFor(Duration.ofSeconds(2));
    }

    @Test
    @Tag("long")
    void shouldWaitForARegistryThatIsAwayForAMinute() throws Exception {
        shouldWaitFor(Duration.ofSeconds(60));
    }

    private void shouldWaitFor(Duration away) throws Exception {
        // Given: events of a schema that is known, before ones of a schema that is asked for while nobody answers
        try (ChildClassifier classifier = ChildClassifier.start(
                broker.settings(),
                folder,
                "classifier",
                "--schema-registry",
                registry.url(),
                "--result-format",
                "registry",
                "--register-schemas")) {
            TestModels.publish(broker.settings(), 1);
            Map<TopicPartition, Long> begin = new StreamAudit(broker.settings(), PATIENCE).mark();
            registry.awaitAnswers();
            int known = registry.register("known-value", schema("Known"));
            int late = registry.register("late-value", schema("Late"));
            for (int partition = 0; partition < 3; partition++) {
                send(partition, id -> framed(known, "Known", id));
                send(partition, SchemaRegistryIT::ours);
            }
            await().atMost(PATIENCE).until(() -> outcomes.count() == sent);

            // When
            registry.kill();
            send(WAITING, id -> framed(late, "Late", id));
            send(WAITING, SchemaRegistryIT::ours);
            int waiting = 2;
            Instant killed = Instant.now();
            do {
                send(1, id -> framed(known, "Known", id));
                send(2, SchemaRegistryIT::ours);
                await().atMost(PATIENCE).until(() -> outcomes.count() == sent - waiting);
            } while (Instant.now().isBefore(killed.plus(away)));

            // Then: others went on meanwhile, and it is told why these did not; scoring may have met its first result
            // since
            assertThat(classifier.readiness())
                    .containsPattern("events wait for schema \\d+ of the schema registry at " + registry.url());
            registry.start();
            await().atMost(PATIENCE).until(() -> outcomes.count() == sent);
            assertThat(outcomes.read(Topics.IMAGE_EVENTS_DLQ)).isEmpty();
            outcomes.assertEachEventHasOne();
            // Scoring, too, if it met its first result in vain; it begins anew after some seconds.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(classifier.readiness()).doesNotContain("schema"));

            send(1, id -> framed(9_999, "Known", id));
            send(1, id -> framed(known, "Known", "bad-" + id));
            await().atMost(PATIENCE).until(() -> outcomes.count() == sent);
            // Their keys spread them over partitions.
            List<ConsumerRecord<byte[], byte[]>> letters = outcomes.read(Topics.IMAGE_EVENTS_DLQ).stream()
                    .sorted(Comparator.comparing(SchemaRegistryIT::identity).reversed())
                    .toList();
            assertThat(letters).hasSize(2);
            assertThat(header(letters.get(0), DeadLetterHeaders.REASON)).isEqualTo("unknown-schema");
            assertThat(header(letters.get(0), DeadLetterHeaders.MESSAGE)).contains("no schema with id 9999");
            assertThat(letters)
                    .as("without a registry, one by its key and one by its header")
                    .extracting(SchemaRegistryIT::identity)
                    .containsExactly("e-" + (sent - 2), "bad-e-" + (sent - 1));
            var audit = new StreamAudit(broker.settings(), reading(), PATIENCE);
            AuditReport report = audit.count(begin, audit.mark());
            assertThat(report.exactlyOnce()).as(report.toString()).isTrue();
            assertThat(report.sent()).isEqualTo(sent);
            assertThat(report.rejected()).isEqualTo(2);

            assertThatEveryReaderReadsResultsOfEveryFormat();
        }
    }

    private static String identity(ConsumerRecord<byte[], byte[]> letter) {
        return EventIdentity.ofDeadLetter(letter, EventFormats.DEFAULT.images());
    }

    private EventFormats reading() {
        return EventFormats.DEFAULT.reading(new RegisteredSchemas(registry::schema).waiting(PATIENCE));
    }

    /** Those of the classifier travel with a schema's id; before them it may have run with another format. */
    private void assertThatEveryReaderReadsResultsOfEveryFormat() throws Exception {
        EventFormats reading = reading();
        ConsumerRecord<byte[], byte[]> one =
                outcomes.read(Topics.CLASSIFICATIONS).get(0);
        Classification result = reading.results().read(one);
        byte[] label = ("{\"label\":" + result.getLabel() + "}").getBytes(UTF_8);
        write(Topics.GROUND_TRUTH, result.getId(), label);
        for (EventFormats other : List.of(EventFormats.DEFAULT, EventFormats.DEFAULT.writingJson())) {
            String id = "other-" + sent++;
            byte[] value = other.results()
                    .encode(Classification.newBuilder(result).setId(id).build());
            write(Topics.CLASSIFICATIONS, id, value);
            write(Topics.GROUND_TRUTH, id, label);
        }

        assertThat(one.value()).startsWith(0);
        await().atMost(PATIENCE).until(() -> outcomes.read(Topics.SCORES).size() == 3);
        assertThat(outcomes.read(Topics.SCORES)).allSatisfy(score -> {
            assertThat(score.value()).startsWith(0);
            assertThat(reading.scores().read(score).getActual()).isEqualTo(result.getLabel());
        });
        int results = outcomes.read(Topics.CLASSIFICATIONS).size();
        assertThat(watched(results)).hasSize(results).noneMatch(String::isBlank);
    }

    private void write(Topic<?, ?> topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value))
                .get();
    }

    private List<String> watched(int count) {
        var out = new ByteArrayOutputStream();
        int exitCode = CommandLineApp.of(new WatchCommand(new PrintStream(out, true, UTF_8)), Map.of())
                .execute(
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--from-beginning",
                        "--count",
                        Integer.toString(count),
                        "--schema-registry",
                        registry.url());
        assertThat(exitCode).isZero();
        return out.toString(UTF_8).lines().toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
