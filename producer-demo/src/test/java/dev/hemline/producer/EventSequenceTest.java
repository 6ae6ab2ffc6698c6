package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.producer.EventSequence.OutgoingEvent;
import dev.hemline.topic.EventSerde;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventSequenceTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.5Z");
    private static final EventSerde<ImageEvent> SERDE = EventSerde.of(ImageEvent.class);

    @Test
    void shouldSendARealImageAsItIs() {
        ImageEvent event = decoded(sequence(Fixture.SETTINGS).next(Duration.ZERO));

        assertThat(event.getId()).startsWith("test-20260131T120000Z-");
        assertThat(event.getSource()).isEqualTo("test");
        assertThat(event.getCapturedAt()).isEqualTo(NOON);
        assertThat(event.getFormat()).isEqualTo(ImageFormat.GRAY8);
        assertThat(event.getContent().remaining()).isEqualTo(784);
        assertThat(event.getLabel()).as("labels stay secret unless asked for").isNull();
        assertThat(IntStream.range(0, 200).mapToObj(Fixture.IMAGES::image))
                .contains(event.getContent().array());
    }

    @Test
    void shouldTellTheLabelInTheEventWhenAskedTo() {
        OutgoingEvent outgoing = sequence(Fixture.withLabels("inline")).next(Duration.ZERO);

        assertThat(decoded(outgoing).getLabel()).isEqualTo(outgoing.label());
    }

    @Test
    void shouldKeyEveryEventByItsId() {
        OutgoingEvent outgoing = sequence(Fixture.SETTINGS).next(Duration.ZERO);

        assertThat(decoded(outgoing).getId()).isEqualTo(outgoing.id());
    }

    @Test
    void shouldSpoilAboutTheShareAskedForInEveryWayInTurn() {
        List<OutgoingEvent> events = events(Fixture.withBadRatio(0.1, 1), 2_000);

        List<OutgoingEvent> bad =
                events.stream().filter(event -> event.kind() == EventKind.BAD).toList();
        assertThat(bad).hasSizeBetween(150, 250);
        assertThat(bad.get(6).value()).as("the seventh way is no value at all").isNull();
        assertThat(bad.get(14).value()).isNull();
    }

    @Test
    void shouldRepeatItselfWithTheSameSeed() {
        List<String> kinds = kindsAndLabels(Fixture.withBadRatio(0.3, 5));

        assertThat(kindsAndLabels(Fixture.withBadRatio(0.3, 5))).isEqualTo(kinds);
        assertThat(kindsAndLabels(Fixture.withBadRatio(0.3, 6))).isNotEqualTo(kinds);
    }

    @Test
    void shouldKeepTheOrderOfImagesWhateverIsBad() {
        assertThat(events(Fixture.withBadRatio(0.5, 5), 100).stream().map(OutgoingEvent::label))
                .isEqualTo(events(Fixture.withBadRatio(0, 5), 100).stream()
                        .map(OutgoingEvent::label)
                        .toList());
    }

    @Test
    void shouldDrawEveryImageOnceBeforeAnyComesAgain() {
        EventSequence sequence = sequence(Fixture.SETTINGS);

        List<Integer> first = drawn(sequence, 200);
        List<Integer> second = drawn(sequence, 200);

        assertThat(first).doesNotHaveDuplicates().hasSize(200);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void shouldDrawTheSameOrderWithTheSameSeedOnly() {
        List<Integer> order = drawn(sequence(Fixture.withBadRatio(0, 1)), 400);

        assertThat(drawn(sequence(Fixture.withBadRatio(0, 1)), 400)).isEqualTo(order);
        assertThat(drawn(sequence(Fixture.withBadRatio(0, 2)), 400)).isNotEqualTo(order);
    }

    @Test
    void shouldSayInAnIdWhoSentItWhenTheRunBeganAndWhichItIs() {
        assertThat(sequence(Fixture.SETTINGS).next(Duration.ZERO).id())
                .matches("test-20260131T120000Z-[0-9a-f]{8}-000000000001");
    }

    @Test
    void shouldOrderIdsAsTextInTheOrderOfSending() {
        assertThat(events(Fixture.SETTINGS, 1_100).stream()
                        .map(OutgoingEvent::id)
                        .toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldGiveOtherIdsInRunsThatStartTogether() {
        assertThat(sequence(Fixture.SETTINGS).next(Duration.ZERO).id())
                .isNotEqualTo(sequence(Fixture.SETTINGS).next(Duration.ZERO).id());
    }

    @Test
    void shouldGiveTheSameIdsAgainInARunWithAName() {
        var named = new ProducerSettings(
                0, 100, ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "a", Optional.of("first"), List.of());

        assertThat(sequence(named).next(Duration.ZERO).id()).isEqualTo("a-first-000000000001");
    }

    @Test
    void shouldChangeNothingBeforeTheOnset() {
        List<ByteBuffer> undrifted = pictures(Fixture.withDrifts(0), Duration.ofSeconds(60));

        assertThat(pictures(Fixture.withDrifts(0, "noise@60", "mix@60"), Duration.ofMillis(59_999)))
                .isEqualTo(undrifted);
        assertThat(pictures(Fixture.withDrifts(0, "noise@60"), Duration.ofSeconds(60)))
                .doesNotContainAnyElementsOf(undrifted);
    }

    @Test
    void shouldSendTheSameNoiseWithTheSameSeed() {
        ProducerSettings noisy = Fixture.withDrifts(0, "noise@60");

        List<ByteBuffer> pictures = pictures(noisy, Duration.ofSeconds(61));

        assertThat(pictures(noisy, Duration.ofSeconds(61))).isEqualTo(pictures);
        assertThat(pictures.get(0)).isNotEqualTo(pictures.get(Fixture.IMAGES.size()));
    }

    @Test
    void shouldChangePicturesOneUponTheOther() {
        var whiteAndThenInverted = Fixture.withDrifts(0, "brighter:255@0", "invert@0");

        assertThat(pictures(whiteAndThenInverted, Duration.ZERO)).containsOnly(ByteBuffer.wrap(new byte[28 * 28]));
    }

    @Test
    void shouldKeepLabelsAndWhichEventsAreBadWhateverPicturesLookLike() {
        List<OutgoingEvent> undrifted = events(Fixture.withDrifts(0.3), 300, Duration.ZERO);
        List<OutgoingEvent> drifted =
                events(Fixture.withDrifts(0.3, "noise@0", "flip:0.5@0", "jpeg@0"), 300, Duration.ZERO);

        assertThat(drifted)
                .extracting(OutgoingEvent::label, OutgoingEvent::kind)
                .isEqualTo(undrifted.stream()
                        .map(event -> tuple(event.label(), event.kind()))
                        .toList());
    }

    @Test
    void shouldSendTheFirstClassAsOftenAsAskedForWithItsOwnLabelsAndPictures() {
        List<OutgoingEvent> events = events(Fixture.withDrifts(0, "mix:3@0+10"), 20_000, Duration.ofSeconds(5));

        // Then half-way it is twice as frequent beside the nine others as one in nine: 2 of 11
        double share =
                (double) events.stream().filter(event -> event.label() == 0).count() / events.size();
        assertThat(share).isCloseTo(2.0 / 11, within(0.01));
        assertThat(events.subList(0, 500))
                .allSatisfy(event -> assertThat(IntStream.range(0, 200)
                                .filter(index -> Fixture.IMAGES.label(index) == event.label())
                                .mapToObj(Fixture.IMAGES::image))
                        .contains(decoded(event).getContent().array()));
    }

    private static List<ByteBuffer> pictures(ProducerSettings settings, Duration elapsed) {
        return events(settings, 300, elapsed).stream()
                .map(event -> decoded(event).getContent())
                .toList();
    }

    private static List<Integer> drawn(EventSequence sequence, int count) {
        return Stream.generate(sequence::draw).limit(count).toList();
    }

    private static List<String> kindsAndLabels(ProducerSettings settings) {
        return events(settings, 300).stream()
                .map(event -> event.kind() + " " + event.label())
                .toList();
    }

    private static List<OutgoingEvent> events(ProducerSettings settings, int count) {
        return events(settings, count, Duration.ZERO);
    }

    private static List<OutgoingEvent> events(ProducerSettings settings, int count, Duration elapsed) {
        EventSequence sequence = sequence(settings);
        return Stream.generate(() -> sequence.next(elapsed)).limit(count).toList();
    }

    private static EventSequence sequence(ProducerSettings settings) {
        return new EventSequence(settings, Fixture.IMAGES, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private static ImageEvent decoded(OutgoingEvent event) {
        return SERDE.decode(event.value());
    }
}
