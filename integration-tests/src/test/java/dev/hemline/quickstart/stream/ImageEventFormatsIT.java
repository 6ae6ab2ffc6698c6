package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.fetch.FetchList;
import dev.hemline.classifier.fetch.PictureStores;
import dev.hemline.control.rejects.RejectsCommand;
import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.image.ImageLimits;
import dev.hemline.quickstart.monitoring.Tool;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Events of every format, from a client that is not ours, beside each other on one topic. */
class ImageEventFormatsIT {
    private static final int GOOD = 12;
    private static final int BAD = 8;

    @TempDir
    Path folder;

    private final TestStore store = new TestStore();

    @AfterEach
    void stop() {
        store.close();
    }

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private static byte[] png() throws IOException {
        var file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 60, BufferedImage.TYPE_INT_RGB), "png", file);
        return file.toByteArray();
    }

    private static byte[] json(byte[] picture) {
        return ("{\"content\": \"" + Base64.getEncoder().encodeToString(picture) + "\"}\n").getBytes(UTF_8);
    }

    private static byte[] avro(String id) {
        return EventSerde.of(ImageEvent.class).encode(TestEvents.image(id).build());
    }

    /** {@code kcat -P -t image-events}, with these arguments and the file. */
    private void kcat(byte[] value, String... arguments) throws Exception {
        Path file = folder.resolve("value");
        Files.write(file, value);
        List<String> words = new ArrayList<>(List.of("-P", "-b", broker.bootstrapServers(), "-t", "image-events"));
        words.addAll(List.of(arguments));
        words.add(file.toString());
        Tool.Ran ran = Tool.find("kcat")
                .orElseThrow(() -> new AssertionError("kcat is not on the PATH (Debian: apt-get install kcat)"))
                .run(folder, words);
        assertThat(ran.exitCode()).as(ran.output()).isZero();
    }

    private void sendGoodOnes() throws Exception {
        Files.write(folder.resolve("boot.png"), png());
        PrintedCommands.send("README.md", broker, folder);
        PrintedCommands.send("docs/image-events.md", broker, folder);
        kcat(png());
        kcat(avro("avro"), "-k", "avro");
        kcat(elsewhere("boot.png", png()), "-k", "elsewhere");
        send(
                null,
                "dataref",
                null,
                Map.of("ce_dataref", store.address("boot.png"), "hemline.content-sha256", sha256(png())));
    }

    private void sendBadOnes() throws Exception {
        kcat(Arrays.copyOf(png(), 40), "-k", "bad-bare");
        kcat(Arrays.copyOf(json(png()), 40), "-k", "bad-json");
        kcat(png(), "-k", "bad-cloud", "-H", "ce_time=noon");
        kcat(Arrays.copyOf(avro("bad-avro"), 12), "-k", "bad-avro");
        kcat("hello".getBytes(UTF_8), "-k", "bad-text");
        kcat("%PDF-1.7".getBytes(UTF_8));
        kcat(elsewhere("none.png", png()), "-k", "bad-place");
        kcat(elsewhere("boot.png", "another".getBytes(UTF_8)), "-k", "bad-digest");
    }

    private byte[] elsewhere(String name, byte[] picture) {
        return ("{\"contentUrl\": \"" + store.address(name) + "\", \"contentSha256\": \"" + sha256(picture) + "\"}")
                .getBytes(UTF_8);
    }

    private static String sha256(byte[] picture) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(@Nullable Integer partition, String key, byte @Nullable [] value, Map<String, String> headers)
            throws Exception {
        var record = new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), partition, key.getBytes(UTF_8), value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        try (KafkaProducer<byte[], byte[]> producer = broker.clients().bytesProducer()) {
            producer.send(record).get();
        }
    }

    private PictureStores stores() {
        return new PictureStores(
                FetchList.parse(List.of(store.address(""), folder.toUri().toString())),
                Optional.empty(),
                ImageLimits.DEFAULT.maxBytes(),
                Duration.ofMinutes(15),
                new SimpleMeterRegistry());
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitLetters(int count) {
        await().atMost(PATIENCE)
                .until(() -> broker.clients().readAll(Topics.IMAGE_EVENTS_DLQ).size() >= count);
        return broker.clients().readAll(Topics.IMAGE_EVENTS_DLQ);
    }

    private static String withoutPlace(String id) {
        return id.replaceAll("-\\d@\\d+", "-P@N");
    }

    private static Map<String, String> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
        return letters.stream()
                .collect(toMap(
                        letter -> EventIdentity.ofDeadLetter(letter, EventFormats.DEFAULT.images()),
                        letter -> DeadLetterHeaders.text(letter, DeadLetterHeaders.REASON)
                                .orElse("none"),
                        (first, again) -> first + ", " + again,
                        TreeMap::new));
    }

    private void replayAll() {
        var errors = new StringWriter();
        int exitCode = CommandLineApp.of(new RejectsCommand(), Map.of())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors))
                .execute("replay", "--all", "--bootstrap-servers", broker.bootstrapServers());
        assertThat(exitCode).as(errors.toString()).isZero();
    }

    @Test
    void shouldGiveEventsOfEveryFormatOneOutcomeEach() throws Exception {
        TestModels.publish(broker.settings(), 1);
        var audit = new StreamAudit(broker.settings(), PATIENCE);
        var start = audit.mark();
        Instant sending = Instant.now();

        store.put("boot.png", png());
        sendGoodOnes();
        sendBadOnes();
        try (PictureStores stores = stores();
                TestClassifier running = TestClassifier.start(broker.settings(), "classifier", folder, stores)) {
            await().atMost(PATIENCE)
                    .until(() ->
                            broker.clients().readAll(Topics.CLASSIFICATIONS).size() >= GOOD);
            Map<String, String> reasons = reasons(awaitLetters(BAD));
            List<Classification> results = broker.clients().readValues(Topics.CLASSIFICATIONS);

            assertThat(results)
                    .extracting(result -> withoutPlace(result.getId()) + " from " + result.getSource())
                    .containsExactlyInAnyOrder(
                            "my-id from unknown",
                            "my-id-2 from unknown",
                            "my-id-3 from /shelves/4",
                            "my-id-4 from unknown",
                            "boot-1 from unknown",
                            "boot-2 from shelf-4",
                            "boot-3 from unknown",
                            "boot-4 from /shelves/4",
                            "image-events-P@N from unknown",
                            "avro from test",
                            "elsewhere from unknown",
                            "dataref from unknown");
            assertThat(results)
                    .filteredOn(result -> result.getId().equals("my-id"))
                    .allSatisfy(result -> assertThat(result.getCapturedAt())
                            .isBetween(sending.minusMillis(1), result.getClassifiedAt()));
            assertThat(results)
                    .filteredOn(result -> result.getId().equals("boot-4"))
                    .allSatisfy(result -> assertThat(result.getCapturedAt()).isEqualTo(TestEvents.NOON));
            assertThat(reasons.entrySet())
                    .extracting(reason -> withoutPlace(reason.getKey()) + " " + reason.getValue())
                    .containsExactly(
                            "bad-avro undecodable-event",
                            "bad-bare undecodable-image",
                            "bad-cloud undecodable-event",
                            "bad-digest not-fetched",
                            "bad-json undecodable-json",
                            "bad-place not-fetched",
                            "bad-text undecodable-event",
                            "image-events-P@N unsupported-format");

            assertThat(broker.clients().readAll(Topics.IMAGE_EVENTS_DLQ))
                    .extracting(letter -> DeadLetterHeaders.text(letter, DeadLetterHeaders.EVENT_ID)
                            .map(ImageEventFormatsIT::withoutPlace)
                            .orElse("none"))
                    .containsExactlyInAnyOrder(
                            "bad-bare", "bad-digest", "bad-place", "image-events-P@N", "none", "none", "none", "none");

            replayAll();
            assertThat(broker.clients().readAll(Topics.IMAGE_EVENTS))
                    .allSatisfy(event -> assertThat(event.headers().headers(DeadLetterHeaders.EVENT_ID))
                            .isEmpty());

            // They are no better the second time, and who they are is what they were, whatever their place is now.
            List<ConsumerRecord<byte[], byte[]>> again = awaitLetters(2 * BAD);
            assertThat(reasons(again))
                    .hasSameSizeAs(reasons)
                    .allSatisfy((id, both) -> assertThat(both).isEqualTo(reasons.get(id) + ", " + reasons.get(id)));
            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
        AuditReport report = audit.count(start, audit.mark());
        assertThat(report.exactlyOnce()).as(report.toString()).isTrue();
        assertThat(report.sent()).isEqualTo(GOOD + 2 * BAD);
        assertThat(report.classified()).isEqualTo(GOOD);
    }

    @Test
    void shouldWaitForAStoreOfPicturesThatIsKilledAndLoseAndRejectNothing() throws Exception {
        shouldWaitFor(Duration.ofSeconds(2));
    }

    @Test
    @Tag("long")
    void shouldWaitForAStoreOfPicturesThatIsAwayForAMinute() throws Exception {
        shouldWaitFor(Duration.ofSeconds(60));
    }

    private void shouldWaitFor(Duration away) throws Exception {
        // Given: two partitions of pictures elsewhere, one of pictures inside
        TestModels.publish(broker.settings(), 1);
        var outcomes = new Outcomes(broker.clients());
        int elsewhere = 100;
        for (int i = 0; i < elsewhere; i++) {
            store.put(i + ".png", png());
            send(i % 2, "elsewhere-" + i, elsewhere(i + ".png", png()), Map.of());
        }
        store.killAfter(elsewhere / 2);
        try (PictureStores stores = stores();
                TestClassifier running = TestClassifier.start(broker.settings(), "classifier", folder, stores)) {
            // When
            await().atMost(PATIENCE).until(() -> stores.reasonNotReady().isPresent());
            int sent = elsewhere;
            Instant killed = Instant.now();
            int before;
            do {
                before = outcomes.count();
                send(2, "inside-" + sent++, png(), Map.of());
                int more = before + 1;
                await().atMost(PATIENCE).until(() -> outcomes.count() >= more);
            } while (Instant.now().isBefore(killed.plus(away)));

            // Then: others went on meanwhile, and it is told why these did not
            assertThat(outcomes.count()).isLessThan(sent);
            assertThat(stores.reasonNotReady())
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("events wait for pictures of http://127.0.0.1:"));
            store.start();
            int all = sent;
            await().atMost(PATIENCE).until(() -> outcomes.count() == all);
            assertThat(outcomes.read(Topics.IMAGE_EVENTS_DLQ)).isEmpty();
            outcomes.assertEachEventHasOne();
            assertThat(stores.reasonNotReady()).isEmpty();
            assertThat(running.classifier.reasonNotReady()).isEmpty();
        }
    }
}
