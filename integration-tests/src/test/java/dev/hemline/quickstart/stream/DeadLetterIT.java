package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hemline.control.rejects.RejectsCommand;
import dev.hemline.event.ImageEvent;
import dev.hemline.image.ImageLimits;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.PackedBatch;
import dev.hemline.topic.PackedBatch.Entry;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterIT {
    private static final EventSerde<ImageEvent> EVENTS = EventSerde.of(ImageEvent.class);
    private static final ImageLimits TIGHT = new ImageLimits(1_000, 1_000_000);

    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private KafkaSettings kafka;

    @BeforeEach
    void publishAModel() throws Exception {
        kafka = broker.settings();
        TestModels.publish(kafka, 1);
    }

    private TestClassifier start(ImageLimits limits) {
        return TestClassifier.start(kafka, "classifier", folder, limits);
    }

    /** A grey picture of nearly as many bytes as its event. */
    private static byte[] event(String id, int width, int height) {
        return EVENTS.encode(TestEvents.image(id)
                .setWidth(width)
                .setHeight(height)
                .setContent(ByteBuffer.wrap(new byte[width * height]))
                .build());
    }

    private void send(String id, byte[] value) throws Exception {
        var event = new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), 1, id.getBytes(UTF_8), value);
        event.headers().add("traceparent", "00-1".getBytes(UTF_8));
        try (var producer = broker.clients().bytesProducer()) {
            producer.send(event).get();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic<?, ?> topic) {
        return broker.clients().readAll(topic);
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitRecords(Topic<?, ?> topic, int count) {
        await().atMost(PATIENCE).until(() -> read(topic).size() >= count);
        return read(topic);
    }

    private void setLimit(Topic<?, ?> topic, int bytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        var set = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = broker.clients().admin()) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
        await().atMost(PATIENCE).until(() -> KafkaTopics.maxMessageBytes(kafka, topic) == bytes);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = Objects.requireNonNull(letter.headers().lastHeader(name), name);
        return new String(header.value(), UTF_8);
    }

    private String rejects(String... args) {
        return rejects(0, args);
    }

    private String rejects(int expected, String... args) {
        var out = new StringWriter();
        var errors = new StringWriter();
        String[] withBroker = new String[args.length + 2];
        System.arraycopy(args, 0, withBroker, 0, args.length);
        withBroker[args.length] = "--bootstrap-servers";
        withBroker[args.length + 1] = broker.bootstrapServers();
        int exitCode = CommandLineApp.of(new RejectsCommand(), Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(withBroker);
        assertThat(exitCode).as(errors.toString()).isEqualTo(expected);
        return out.toString();
    }

    @Test
    void shouldKeepAnEventOfNearlyAMegabyteWhole() throws Exception {
        byte[] large = event("large", 1_000, 1_040);
        send("large", large);

        try (TestClassifier running = start(TIGHT)) {
            ConsumerRecord<byte[], byte[]> letter =
                    awaitRecords(Topics.IMAGE_EVENTS_DLQ, 1).get(0);

            assertThat(letter.value()).isEqualTo(large);
            assertThat(letter.key()).isEqualTo("large".getBytes(UTF_8));
            assertThat(header(letter, "traceparent")).isEqualTo("00-1");
            assertThat(header(letter, "hemline.reason")).isEqualTo("too-large");
            assertThat(running.count("hemline.rejects")).isEqualTo(1);
        }
    }

    @Test
    void shouldPointToTheEventWhereTheTopicHasNoRoomForIt() throws Exception {
        setLimit(Topics.IMAGE_EVENTS_DLQ, 10_000);
        send("large", event("large", 200, 100));
        send("small", event("small", 28, 28));

        try (TestClassifier running = start(TIGHT)) {
            ConsumerRecord<byte[], byte[]> letter =
                    awaitRecords(Topics.IMAGE_EVENTS_DLQ, 1).get(0);
            awaitRecords(Topics.CLASSIFICATIONS, 1);

            assertThat(letter.value()).isNull();
            assertThat(header(letter, "hemline.left-out")).isEqualTo("value");
            assertThat(header(letter, "__streams.errors.topic")).isEqualTo("image-events");
            assertThat(header(letter, "__streams.errors.partition")).isEqualTo("1");
            assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
            assertThat(header(letter, "traceparent")).isEqualTo("00-1");
            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
    }

    @Test
    void shouldLearnFromBrokersThatTheTopicHasLessRoomThanItSaidAtStart() throws Exception {
        try (TestClassifier running = start(TIGHT)) {
            await().atMost(PATIENCE)
                    .until(() -> running.classifier.reasonNotReady().isEmpty());
            setLimit(Topics.IMAGE_EVENTS_DLQ, 10_000);
            send("large", event("large", 200, 100));
            send("small", event("small", 28, 28));

            ConsumerRecord<byte[], byte[]> letter =
                    awaitRecords(Topics.IMAGE_EVENTS_DLQ, 1).get(0);
            awaitRecords(Topics.CLASSIFICATIONS, 1);

            assertThat(letter.value()).isNull();
            assertThat(header(letter, "hemline.left-out")).isEqualTo("value");
        }
        assertThat(read(Topics.IMAGE_EVENTS_DLQ)).hasSize(1);
        assertThat(read(Topics.CLASSIFICATIONS)).hasSize(1);
    }

    @Test
    void shouldAnswerAnEventWithMoreEmptyHeadersThanItsResultMayHave() throws Exception {
        sendWithEmptyHeaders("good", event("good", 28, 28), "", 10_000);
        sendWithEmptyHeaders("bad", new byte[] {1}, "", 10_000);
        sendWithEmptyHeaders("worse", new byte[] {1}, "__streams.errors.message", 10_000);

        try (TestClassifier running = start(TIGHT)) {
            ConsumerRecord<byte[], byte[]> result =
                    awaitRecords(Topics.CLASSIFICATIONS, 1).get(0);
            awaitRecords(Topics.IMAGE_EVENTS_DLQ, 2);

            assertThat(result.headers()).isEmpty();
            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
    }

    /** Compressed, as a topic takes them that counts what arrives. */
    private void sendWithEmptyHeaders(String id, byte[] value, String name, int count) throws Exception {
        var event = new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), 1, id.getBytes(UTF_8), value);
        for (int i = 0; i < count; i++) {
            event.headers().add(name, null);
        }
        Map<String, Object> compressing = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "gzip",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                64 << 20,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                256L << 20);
        try (var producer = new KafkaProducer<>(compressing, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(event).get();
        }
    }

    @Test
    void shouldClassifyAReplayedEventExactlyOnceAfterAFix() throws Exception {
        send("large", event("large", 100, 100));
        send("garbage", new byte[] {1, 2, 3});
        try (TestClassifier strict = start(TIGHT)) {
            awaitRecords(Topics.IMAGE_EVENTS_DLQ, 2);
            assertThat(strict.count("hemline.rejects")).isEqualTo(2);
        }
        assertThat(rejects("list")).contains("too-large", "undecodable-event", "2 dead letters", "0 replayed");
        assertThat(rejects("replay", "--dry-run", "--reason", "too-large")).contains("large", "1 dead letter:");

        String first = rejects("replay", "--reason", "too-large");
        String second = rejects("replay", "--reason", "too-large");

        assertThat(first).contains("Sent 1 back to image-events; 0 were sent before");
        assertThat(second).contains("Sent 0 back to image-events; 1 were sent before");
        assertThat(rejects("list", "--json")).contains("\"replayed\":true", "\"replayed\":false");
        try (TestClassifier fixed = start(ImageLimits.DEFAULT)) {
            ConsumerRecord<byte[], byte[]> result =
                    awaitRecords(Topics.CLASSIFICATIONS, 1).get(0);
            assertThat(result.key()).isEqualTo("large".getBytes(UTF_8));
            send("last", event("last", 28, 28));
            awaitRecords(Topics.CLASSIFICATIONS, 2);
            assertThat(fixed.count("hemline.classifications")).isEqualTo(2);
        }
        ConsumerRecord<byte[], byte[]> replayed = read(Topics.IMAGE_EVENTS).stream()
                .filter(event -> event.headers().lastHeader("hemline.replayed-from") != null)
                .reduce((one, other) -> {
                    throw new AssertionError("replayed twice");
                })
                .orElseThrow();
        assertThat(replayed.value()).isEqualTo(event("large", 100, 100));
        assertThat(replayed.partition()).isEqualTo(1);
        assertThat(header(replayed, "traceparent")).isEqualTo("00-1");
        assertThat(header(replayed, "hemline.first-received")).matches("image-events-1@0 2.*Z");
        assertThat(replayed.headers().toArray()).hasSize(3);
        assertThat(read(Topics.IMAGE_EVENTS_DLQ)).hasSize(2);
    }

    @Test
    void shouldReplayTheOthersWhereALetterIsTooLarge() throws Exception {
        byte[] noise = new byte[200 * 100];
        new Random(1).nextBytes(noise);
        send("garbage", new byte[] {1, 2, 3});
        send("noise", noise);
        send("rubbish", new byte[] {4, 5, 6});
        try (TestClassifier strict = start(TIGHT)) {
            awaitRecords(Topics.IMAGE_EVENTS_DLQ, 3);
        }
        PackedBatch.of(CompressionType.ZSTD, Entry.ofZeros("bomb", 100 << 20))
                .sendTo(broker.bootstrapServers(), Topics.IMAGE_EVENTS_DLQ.name(), 0);
        setLimit(Topics.IMAGE_EVENTS, 10_000);

        String first = rejects(1, "replay", "--all");
        String second = rejects(1, "replay", "--all");

        assertThat(first).contains("larger than max.message.bytes", "Sent 2 back", "2 cannot be sent");
        assertThat(second).contains("Sent 0 back", "2 were sent before, 2 cannot be sent");
        assertThat(read(Topics.IMAGE_EVENTS)).hasSize(5);
    }

    @Test
    void shouldReplayOnceWhatAKilledReplayLeftHalfDone() throws Exception {
        send("garbage", new byte[] {1, 2, 3});
        try (TestClassifier strict = start(TIGHT)) {
            awaitRecords(Topics.IMAGE_EVENTS_DLQ, 1);
            assertThat(strict.count("hemline.rejects")).isEqualTo(1);
        }
        Map<String, Object> settings =
                kafka.client(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "hemline-rejects-replay"));
        try (var killed = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            killed.initTransactions();
            killed.beginTransaction();
            var unused = killed.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), new byte[] {1, 2, 3}));
            killed.flush();

            assertThat(rejects("replay", "--all")).contains("Sent 1 back");

            assertThatThrownBy(killed::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(read(Topics.IMAGE_EVENTS)).hasSize(2);
        assertThat(rejects("replay", "--all")).contains("Sent 0 back to image-events; 1 were sent before");
    }

    @Test
    void shouldReplayAnEventThatOnlyItsLetterPointsTo() throws Exception {
        setLimit(Topics.IMAGE_EVENTS_DLQ, 10_000);
        byte[] large = event("large", 200, 100);
        send("large", large);
        String place;
        try (TestClassifier strict = start(TIGHT)) {
            ConsumerRecord<byte[], byte[]> letter =
                    awaitRecords(Topics.IMAGE_EVENTS_DLQ, 1).get(0);
            place = letter.partition() + "@" + letter.offset();
            assertThat(strict.count("hemline.rejects")).isEqualTo(1);
        }
        assertThat(rejects("show", place)).contains("left out: value", "the event stands at image-events-1@0");

        assertThat(rejects("replay", place)).contains("Sent 1 back");

        assertThat(read(Topics.IMAGE_EVENTS))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.value()).isEqualTo(large));
    }

    @Test
    void shouldShowALetterAndSaveItsBytes() throws Exception {
        send("garbage", new byte[] {1, 2, 3});
        try (TestClassifier strict = start(TIGHT)) {
            awaitRecords(Topics.IMAGE_EVENTS_DLQ, 1);
            assertThat(strict.count("hemline.rejects")).isEqualTo(1);
        }
        ConsumerRecord<byte[], byte[]> letter = read(Topics.IMAGE_EVENTS_DLQ).get(0);
        Path saved = folder.resolve("saved");

        String page = rejects("show", letter.partition() + "@" + letter.offset(), "--save", saved.toString());

        assertThat(page).contains("undecodable-event", "event: not readable", "01 02 03");
        assertThat(Files.readAllBytes(saved)).containsExactly(1, 2, 3);
    }
}
