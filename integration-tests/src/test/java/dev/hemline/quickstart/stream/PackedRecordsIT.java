package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.Score;
import dev.hemline.image.ImageEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.PackedBatch;
import dev.hemline.topic.PackedBatch.Entry;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records of less than a megabyte that unpack to more than the heap, on every topic that a classifier reads. */
@Tag("long")
class PackedRecordsIT {
    private static final int MIB = 1 << 20;
    private static final List<Topic<?, ?>> READ = List.of(
            Topics.IMAGE_EVENTS,
            Topics.GROUND_TRUTH,
            Topics.CLASSIFICATIONS,
            Topics.MODELS,
            Topics.MODEL_STATUS,
            Topics.MODEL_ATTEMPTS,
            Topics.IMAGE_EVENTS_ATTEMPTS,
            Topics.TRAINING_REQUESTS);

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldPutThemAsideAndAnswerTheirNeighboursOnce() throws Exception {
        TestModels.publish(broker.settings(), 1);
        // One that zstd packs to 60 kB goes everywhere, and is there before the classifier is, too.
        PackedBatch everywhere = PackedBatch.of(CompressionType.ZSTD, Entry.ofZeros("bomb", 2_000L * MIB));
        for (var topic : READ) {
            everywhere.sendTo(broker.bootstrapServers(), topic.name(), 0);
        }
        PackedBatch amongOthers = PackedBatch.of(
                CompressionType.GZIP,
                new Entry("before", ImageEvents.onePixel("before", 7)),
                Entry.ofZeros("packed", 700L * MIB),
                new Entry("after", ImageEvents.onePixel("after", 7)));
        // Each would be taken; together they are twice the heap.
        PackedBatch large = PackedBatch.of(
                CompressionType.ZSTD,
                Stream.generate(() -> Entry.ofZeros("large", 25 * MIB))
                        .limit(32)
                        .toArray(Entry[]::new));

        try (LabelledEvents events = new LabelledEvents(broker.bootstrapServers(), "good-");
                ChildClassifier classifier =
                        ChildClassifier.start(broker.settings(), folder, "packed", "--model", "fashion-mnist")) {
            classifier.awaitHttp();
            amongOthers.sendTo(broker.bootstrapServers(), Topics.IMAGE_EVENTS.name(), 1);
            for (int i = 0; i < 4; i++) {
                large.sendTo(broker.bootstrapServers(), Topics.IMAGE_EVENTS.name(), i);
                large.sendTo(broker.bootstrapServers(), Topics.GROUND_TRUTH.name(), i);
            }
            everywhere.sendTo(broker.bootstrapServers(), Topics.MODELS.name(), 0);
            events.send(100);

            awaitScores(classifier, "good-", events.sent());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(reasons()).hasSize(2 + 4 * 32));
            assertThat(reasons().stream().filter("too-large"::equals)).hasSize(2 + 4 * 31);
            assertThat(classified())
                    .doesNotHaveDuplicates()
                    .hasSize(events.sent() + 2)
                    .contains("before", "after");
            assertThat(classifier.log()).doesNotContain("OutOfMemory").doesNotContain("has died");
            assertThat(classifier.readiness()).isEqualTo("ready\n");
        }
        ConsumerRecord<byte[], byte[]> letter = letters("packed").get(0);
        assertThat(letter.value()).isNull();
        assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("too-large");
        assertThat(text(letter, DeadLetterHeaders.LEFT_OUT)).isEqualTo("value");
        assertThat(text(letter, DeadLetterHeaders.MESSAGE))
                .contains("unpacks to 734")
                .contains("33554432 are taken");
        assertThat(text(letter, DeadLetterHeaders.OFFSET)).isEqualTo("1");
    }

    private void awaitScores(ChildClassifier classifier, String prefix, int events) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(broker.clients().readValues(Topics.SCORES))
                        .as(() -> classifier.lastLines().toString())
                        .extracting(Score::getId)
                        .filteredOn(id -> id.startsWith(prefix))
                        .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(events)));
    }

    /** Not packed at all: a megabyte of empty headers takes 75 in the heap, and a fetch has one of each partition. */
    @Test
    void shouldGoOnWhateverHeadersThereAre() throws Exception {
        TestModels.publish(broker.settings(), 1);
        PackedBatch many = headers("many", 10_000);
        PackedBatch tooMany = headers("too many", 490_000);
        for (var topic : READ) {
            for (int i = 0; i < 20; i++) {
                int partition = topic.partitions() == 1 ? 0 : i % 4;
                many.sendTo(broker.bootstrapServers(), topic.name(), partition);
                tooMany.sendTo(broker.bootstrapServers(), topic.name(), partition);
            }
        }
        try (LabelledEvents events = new LabelledEvents(broker.bootstrapServers(), "fine-");
                ChildClassifier classifier =
                        ChildClassifier.start(broker.settings(), folder, "headers", "--model", "fashion-mnist")) {
            events.send(100);

            awaitScores(classifier, "fine-", events.sent());
            assertThat(classified().filter("many"::equals)).hasSize(20);
            assertThat(letters("too many"))
                    .hasSize(20)
                    .allSatisfy(letter ->
                            assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("too-large"));
            assertThat(classifier.log()).doesNotContain("OutOfMemory").doesNotContain("has died");
        }
    }

    private static PackedBatch headers(String id, int count) {
        return PackedBatch.of(CompressionType.NONE, new Entry(id, ImageEvents.onePixel(id, 7), 0, count));
    }

    private List<ConsumerRecord<byte[], byte[]>> letters(String key) {
        return broker.clients().readAll(Topics.IMAGE_EVENTS_DLQ).stream()
                .filter(record -> record.key() != null && new String(record.key(), UTF_8).equals(key))
                .toList();
    }

    private List<String> reasons() {
        return broker.clients().readAll(Topics.IMAGE_EVENTS_DLQ).stream()
                .map(letter -> text(letter, DeadLetterHeaders.REASON))
                .toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), UTF_8);
    }

    /** With a reader of ours, since a bomb lies there. */
    private Stream<String> classified() {
        Stream.Builder<byte[]> values = Stream.builder();
        try (var reader = new TopicReader(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            reader.readAll(Topics.CLASSIFICATIONS, PATIENCE, record -> values.add(record.value()));
        }
        EventSerde<Classification> results = EventSerde.of(Classification.class);
        return values.build()
                .filter(value -> value.length > 100)
                .map(value -> results.decode(value).getId());
    }
}
