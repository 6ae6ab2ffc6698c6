package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageEvent;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class NamedRunTest {
    private final FakeTicker ticker = new FakeTicker();

    /** Every process of the run so far had one; what they committed is what is there. */
    private final List<MockProducer<String, byte[]>> processes = new ArrayList<>();

    @Test
    void shouldGoOnAfterTheLastCommittedEventWhenItWasKilled() {
        // Given
        killAfter(37, run(100, "none", 1));
        int committed = keys("image-events").size();
        assertThat(committed).isBetween(1, 37);

        // When
        start(run(100, "none", 1), () -> false);

        // Then
        assertThat(keys("image-events")).isEqualTo(ids(100));
    }

    @Test
    void shouldSendTheSamePicturesAsARunThatWasNeverInterrupted() {
        // Given
        start(run(100, "none", 1), () -> false);
        List<byte[]> uninterrupted = values();
        processes.clear();

        // When
        killAfter(20, run(100, "none", 1));
        killAfter(30, run(100, "none", 1));
        start(run(100, "none", 1), () -> false);

        // Then: all but the time of capture
        assertThat(values()).hasSameSizeAs(uninterrupted);
        for (int i = 0; i < uninterrupted.size(); i++) {
            assertThat(picture(values().get(i))).isEqualTo(picture(uninterrupted.get(i)));
        }
    }

    @Test
    void shouldTellEveryLabelOnceHoweverOftenItWasKilled() {
        killAfter(25, run(60, "late:0.5", 1));
        killAfter(90, run(60, "late:0.5", 1));
        start(run(60, "late:0.5", 1), () -> false);

        assertThat(keys("image-events")).isEqualTo(ids(60));
        assertThat(keys("ground-truth")).isEqualTo(ids(60));
    }

    @Test
    void shouldHaveNothingToDoWhenItIsStartedAgainAfterItsEnd() {
        start(run(40, "none", 1), () -> false);

        start(run(40, "none", 1), () -> false);

        assertThat(keys("image-events")).isEqualTo(ids(40));
    }

    @Test
    void shouldRefuseToGoOnWithOtherContent() {
        start(run(40, "none", 1), () -> false);

        assertThatThrownBy(() -> start(run(80, "none", 2), () -> false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Run first was begun with ")
                .hasMessageContaining("seed 1")
                .hasMessageContaining("seed 2");
    }

    @Test
    void shouldRefuseToGoOnWithPicturesThatChangeOtherwise() {
        start(run(40, "none", 1, "noise@60"), () -> false);

        assertThatThrownBy(() -> start(run(80, "none", 1, "noise:20@60"), () -> false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("drift [noise:50@60+0], not with ")
                .hasMessageContaining("drift [noise:20@60+0]");
    }

    @Test
    void shouldCountTheSecondsOfADriftFromEachStart() {
        killAfter(75, run(100, "none", 1, "darker:0@1"));
        ticker.passMillis(5_000);
        start(run(100, "none", 1, "darker:0@1"), () -> false);

        // Then at 50 a second the first 50 of either are as they are
        List<Boolean> dark = values().stream()
                .map(value -> Arrays.equals(picture(value), new byte[28 * 28]))
                .toList();
        assertThat(dark.subList(0, 50)).containsOnly(false);
        assertThat(dark.subList(52, 70)).containsOnly(true);
        assertThat(dark.subList(75, 100)).containsOnly(false);
    }

    @Test
    void shouldEndWhenAnotherProcessGoesOnWithItsRun() {
        assertThatThrownBy(() -> start(run(100, "none", 1), () -> {
                    MockProducer<String, byte[]> kafka = processes.get(processes.size() - 1);
                    if (kafka.commitCount() == 1) {
                        kafka.fenceProducer();
                    }
                    return false;
                }))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another process goes on with its run");
    }

    private static ProducerSettings run(long count, String labels, long seed, String... drifts) {
        return new ProducerSettings(
                50,
                count,
                ImageEncoding.GRAY8,
                seed,
                0,
                LabelDelivery.parse(labels),
                "test",
                Optional.of("first"),
                Stream.of(drifts).map(Drift::parse).toList());
    }

    private void killAfter(int records, ProducerSettings settings) {
        assertThatThrownBy(() -> start(settings, () -> {
                    MockProducer<String, byte[]> kafka = processes.get(processes.size() - 1);
                    if (kafka.uncommittedRecords().size() + kafka.history().size() >= records) {
                        throw new Killed();
                    }
                    return false;
                }))
                .isInstanceOf(Killed.class);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void start(ProducerSettings settings, BooleanSupplier stop) {
        MockProducer<String, byte[]> kafka =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        Consumer<byte[], byte[]> group = group();
        processes.add(kafka);
        new ImageEventProducer(
                        settings,
                        Fixture.IMAGES,
                        () -> kafka,
                        id -> group,
                        () -> new RequestedLabels(List::of),
                        new SimpleMeterRegistry(),
                        ticker,
                        Clock.systemUTC())
                .run(stop);
    }

    /** With the offsets that the processes so far committed. */
    private Consumer<byte[], byte[]> group() {
        var group = new MockConsumer<byte[], byte[]>("earliest");
        for (MockProducer<String, byte[]> process : processes) {
            process.consumerGroupOffsetsHistory().stream()
                    .flatMap(groups -> groups.values().stream())
                    .forEach(offsets -> {
                        group.assign(offsets.keySet());
                        group.commitSync(offsets);
                    });
        }
        return group;
    }

    private List<ProducerRecord<String, byte[]>> committed() {
        return processes.stream().flatMap(kafka -> kafka.history().stream()).toList();
    }

    private List<String> keys(String topic) {
        return committed().stream()
                .filter(record -> record.topic().equals(topic))
                .map(ProducerRecord::key)
                .toList();
    }

    private List<byte[]> values() {
        return committed().stream()
                .map(record -> Objects.requireNonNull(record.value()))
                .toList();
    }

    private static byte[] picture(byte[] event) {
        return EventSerde.of(ImageEvent.class).decode(event).getContent().array();
    }

    private static List<String> ids(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(Locale.ROOT, "test-first-%012d", number))
                .toList();
    }
}
