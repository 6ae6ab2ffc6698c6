package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.producer.EventSequence.OutgoingEvent;
import dev.hemline.topic.EventSerde;
import java.time.Clock;
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
        ImageEvent event = decoded(sequence(Fixture.SETTINGS).next());

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
        OutgoingEvent outgoing = sequence(Fixture.withLabels("inline")).next();

        assertThat(decoded(outgoing).getLabel()).isEqualTo(outgoing.label());
    }

    @Test
    void shouldKeyEveryEventByItsId() {
        OutgoingEvent outgoing = sequence(Fixture.SETTINGS).next();

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
        assertThat(sequence(Fixture.SETTINGS).next().id()).matches("test-20260131T120000Z-[0-9a-f]{8}-000000000001");
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
        assertThat(sequence(Fixture.SETTINGS).next().id())
                .isNotEqualTo(sequence(Fixture.SETTINGS).next().id());
    }

    @Test
    void shouldGiveTheSameIdsAgainInARunWithAName() {
        var named = new ProducerSettings(
                0, 100, ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "a", Optional.of("first"));

        assertThat(sequence(named).next().id()).isEqualTo("a-first-000000000001");
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
        return Stream.generate(sequence(settings)::next).limit(count).toList();
    }

    private static EventSequence sequence(ProducerSettings settings) {
        return new EventSequence(settings, Fixture.IMAGES, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private static ImageEvent decoded(OutgoingEvent event) {
        return SERDE.decode(event.value());
    }
}
