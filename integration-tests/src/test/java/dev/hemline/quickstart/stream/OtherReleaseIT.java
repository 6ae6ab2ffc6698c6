package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.Score;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.LaterSigner;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.LaterRelease;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier of this release beside those of one to come, whose schemas all have a field more. */
class OtherReleaseIT {
    private static final SigningKey KEY = SigningKey.generate();

    @TempDir
    Path folder;

    @Test
    void shouldUnderstandEverythingThatALaterReleaseWritesAndNothingElse() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
            var clients = new TestClients(broker.bootstrapServers());
            Path trusted = folder.resolve("trusted.pem");
            KEY.trustedKey().write(trusted);

            // Given a later release's schemas, and its signed model
            KafkaTopics.ensure(kafka, Topics.ALL);
            var audit = new StreamAudit(kafka, PATIENCE);
            Map<TopicPartition, Long> begin = audit.mark();
            SchemaTopic.put(
                    kafka.client(Map.of()),
                    Topics.schemasOf(Topics.ALL).stream()
                            .map(LaterRelease::schema)
                            .toList());
            try (KafkaProducer<byte[], byte[]> producer = clients.bytesProducer();
                    ChildClassifier classifier = ChildClassifier.start(
                            kafka, folder, "this-release", "--trusted-keys", trusted.toString())) {
                publish(producer);

                // When events of both releases come, and one of a schema that nobody has told of
                send(
                        producer,
                        Topics.IMAGE_EVENTS,
                        "ours",
                        EventSerde.of(ImageEvent.class).encode(image("ours")));
                send(producer, Topics.IMAGE_EVENTS, "later", LaterRelease.encode(image("later")));
                byte[] nobodys = LaterRelease.encode(image("nobodys"));
                nobodys[2] ^= 1;
                send(producer, Topics.IMAGE_EVENTS, "nobodys", nobodys);
                send(producer, Topics.CLASSIFICATIONS, "theirs", LaterRelease.encode(result("theirs")));
                for (String id : List.of("ours", "later", "theirs")) {
                    send(producer, Topics.GROUND_TRUTH, id, LaterRelease.encode(label(id)));
                }

                // Then each has its outcome
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                    assertThat(clients.readValues(Topics.SCORES))
                            .as(() -> String.join("\n", classifier.lastLines()))
                            .extracting(Score::getId)
                            .containsExactlyInAnyOrder("ours", "later", "theirs");
                    assertThat(clients.readAll(Topics.IMAGE_EVENTS_DLQ))
                            .singleElement()
                            .satisfies(letter -> assertThat(letter.key()).isEqualTo("nobodys".getBytes(UTF_8)))
                            .satisfies(letter -> assertThat(reason(letter)).isEqualTo("unknown-schema"));
                });
                classifier.stop();
            }

            // And those beside the stream read as much
            assertThat(PublishedVersions.read("clothes", kafka.client(Map.of())).newest())
                    .isPresent();
            AuditReport report = audit.count(begin, audit.mark());
            assertThat(report.sent()).isEqualTo(3);
            assertThat(report.classified()).isEqualTo(2);
            assertThat(report.rejected()).isEqualTo(1);
            assertThat(report.scores().recountedResults()).isEqualTo(2);
            assertThat(report.scores().agrees()).isTrue();

            // Even where topic schemas is made anew meanwhile
            try (SchemaTopic schemas = SchemaTopic.on(kafka.client(Map.of()))) {
                assertThat(schemas.find(fingerprint(ImageEvent.getClassSchema())))
                        .isPresent();
                makeAnew(kafka);
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(NotYetReadableException.class)
                        .until(() -> schemas.find(fingerprint(GroundTruth.getClassSchema())), Optional::isPresent);
                assertThat(schemas.missing()).isZero();
            }
        }
    }

    private static long fingerprint(Schema ours) {
        return SchemaNormalization.parsingFingerprint64(ours);
    }

    /** With more in front of what it held than it held before. */
    private static void makeAnew(KafkaSettings kafka) throws Exception {
        try (Admin admin = kafka.admin(10_000)) {
            admin.deleteTopics(List.of(Topics.SCHEMAS.name())).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(Topics.SCHEMAS.name()));
        }
        KafkaTopics.ensure(kafka, Topics.ALL);
        KafkaTopics.ensure(kafka, Topics.ALL);
        KafkaTopics.ensure(kafka, Topics.ALL);
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetterHeaders.REASON).value(), UTF_8);
    }

    private static void publish(KafkaProducer<byte[], byte[]> producer) throws Exception {
        UntrainedModel model = UntrainedModel.of("tiny", 1);
        byte[] archive = model.archive();
        ModelManifest manifest = model.draft()
                .setName("clothes")
                .setVersion(1)
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .build();
        ModelChunk chunk = ModelChunks.split("clothes", 1, archive).get(0);
        send(producer, Topics.MODELS, new ModelKey.Chunk("clothes", 1, 0).toString(), LaterRelease.encode(chunk));
        send(
                producer,
                Topics.MODELS,
                new ModelKey.Manifest("clothes", 1).toString(),
                LaterSigner.encode(manifest, KEY));
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topic<?, ?> topic, String key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value))
                .get();
    }

    private static ImageEvent image(String id) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setSource("test")
                .setCapturedAt(Instant.now())
                .setFormat(ImageFormat.GRAY8)
                .setWidth(28)
                .setHeight(28)
                .setContent(ByteBuffer.allocate(28 * 28))
                .build();
    }

    private static SpecificRecord result(String id) {
        return new Classification(
                id,
                "test",
                1,
                "b",
                0.7f,
                List.of(0.3f, 0.7f),
                "clothes",
                1,
                "0123456789ab",
                Instant.now(),
                Instant.now(),
                false);
    }

    private static SpecificRecord label(String id) {
        return new GroundTruth(id, 1, Instant.now(), "test");
    }
}
