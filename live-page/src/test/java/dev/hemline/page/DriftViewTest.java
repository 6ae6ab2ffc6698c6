package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftGroup;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.MovedClass;
import dev.hemline.event.Sample;
import dev.hemline.page.DriftView.Card;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftViewTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ModelKey.Manifest VERSION = new ModelKey.Manifest("m", 3);
    private static final List<String> NAMES = List.of("shirt", "bag");

    static {
        // Avro makes enums only of classes that it was told to trust, which is done with the first serde.
        Topics.DRIFT.valueSerde();
    }

    private static Drift alarm(DriftKind kind, DriftReference reference, String source, double strength) {
        return new Drift(
                "m",
                3,
                source,
                DriftState.ALARM,
                kind,
                reference,
                "event-1",
                NOON,
                2_000L,
                250L,
                12.0,
                11.0,
                strength,
                List.of(new MovedClass(1, 0.5f, 0.9f, 1.2f)),
                NOON.plusSeconds(9));
    }

    private static DriftBatch batch(String source, Instant at, int shirts, int bags) {
        return new DriftBatch(
                "m",
                3,
                source,
                2,
                "event",
                at,
                List.of(new DriftGroup(0, shirts, List.of()), new DriftGroup(1, bags, List.of())));
    }

    private static Sample sample(String source, Instant at, float bag) {
        return Sample.newBuilder()
                .setId("event")
                .setSource(source)
                .setChannels(1)
                .setHeight(1)
                .setWidth(2)
                .setPixels(ByteBuffer.wrap(new byte[] {5, 9}))
                .setProbabilities(List.of(1 - bag, bag))
                .setModelName("m")
                .setModelVersion(3)
                .setShare(0.5)
                .setCapturedAt(at)
                .setClassifiedAt(at)
                .build();
    }

    private static Told stands(Drift alarm) {
        return new Told(alarm, null);
    }

    @Test
    void shouldHaveOneCardForEachSourceWithWhatSaysMostFirst() {
        List<Told> told = List.of(
                stands(alarm(DriftKind.MIX, DriftReference.LIVE, "a", 0.9)),
                stands(alarm(DriftKind.PICTURES, DriftReference.VALIDATION, "a", 1)),
                stands(alarm(DriftKind.PICTURES, DriftReference.VALIDATION, "b", 3)),
                stands(alarm(DriftKind.PICTURES, DriftReference.LIVE, "b", 2)),
                stands(alarm(DriftKind.MIX, DriftReference.LIVE, "c", 0.3)),
                stands(alarm(DriftKind.MIX, DriftReference.LIVE, "", 0.5)),
                new Told(alarm(DriftKind.PICTURES, DriftReference.LIVE, "over", 5), NOON));

        DriftView view = DriftView.of(VERSION, DriftView.bySource(told, VERSION), NAMES, DriftEvidence::new);

        assertThat(view.cards()).extracting(Card::source).containsExactly("b", "a", "other");
        assertThat(view.cards()).extracting(Card::kind).containsExactly("pictures", "pictures", "mix");
        assertThat(view.cards().get(0).references()).containsExactly("live", "validation");
        assertThat(view.cards().get(0).strength()).isEqualTo(2);
        assertThat(view.cards().get(1).references()).containsExactly("validation");
        assertThat(view.more()).isEqualTo(1);
        assertThat(DriftView.bySource(told, new ModelKey.Manifest("m", 4))).isEmpty();
    }

    @Test
    void shouldSetWhatCameBeforeBesideWhatCameSinceOfThatSourceAlone() {
        var evidence = new DriftEvidence(alarm(DriftKind.PICTURES, DriftReference.LIVE, "a", 1));
        evidence.add(batch("a", NOON.minusSeconds(5), 15, 10));
        evidence.add(batch("a", NOON.minusSeconds(1), 10, 15));
        evidence.add(batch("a", NOON, 5, 20));
        evidence.add(batch("b", NOON, 25, 0));
        for (int i = 1; i <= 8; i++) {
            evidence.add(sample("a", NOON.minusSeconds(10 - i), 0.1f * i));
        }
        evidence.add(sample("a", NOON, 0.75f));
        evidence.add(sample("b", NOON, 0.25f));

        Card card = card(evidence);

        assertThat(card.counted()).containsExactly(50L, 25L);
        assertThat(card.shares()).extracting(DriftView.Share::name).containsExactly("shirt", "bag");
        assertThat(card.shares().get(1).before()).isEqualTo(0.5);
        assertThat(card.shares().get(1).now()).isEqualTo(0.8);
        assertThat(card.picturesBefore()).hasSize(DriftEvidence.PICTURES);
        assertThat(card.picturesBefore().get(0).confidence()).isCloseTo(0.7f, within(1e-6f));
        assertThat(card.picturesSince()).singleElement().satisfies(picture -> {
            assertThat(picture.name()).isEqualTo("bag");
            assertThat(picture.picture().pixels()).containsExactly(5, 9);
        });
        assertThat(evidence.isEnough()).isFalse();
    }

    private static Card card(DriftEvidence evidence) {
        List<Told> told = List.of(stands(alarm(DriftKind.PICTURES, DriftReference.LIVE, "a", 1)));
        return DriftView.of(VERSION, DriftView.bySource(told, VERSION), NAMES, alarm -> evidence)
                .cards()
                .get(0);
    }

    @Test
    void shouldTellTheSharesOfTheAlarmWhereBatchesAreNotKeptAnyMore() {
        Card card = card(new DriftEvidence(alarm(DriftKind.PICTURES, DriftReference.LIVE, "a", 1)));

        assertThat(card.counted()).containsExactly(0L, 0L);
        assertThat(card.moved()).containsExactly("bag");
        assertThat(card.shares()).singleElement().satisfies(share -> {
            assertThat(share.name()).isEqualTo("bag");
            assertThat(share.now()).isCloseTo(0.9, within(1e-6));
        });
    }

    @Test
    void shouldShowNothingThatNoProgramOfOursCanHaveWrittenAndNoPictureOfSeveralSources() {
        var evidence = new DriftEvidence(alarm(DriftKind.PICTURES, DriftReference.LIVE, "a", 1));
        evidence.add(batch("a", NOON, -5, -20));
        evidence.add(Sample.newBuilder(sample("a", NOON, 0.5f)).setWidth(3).build());
        evidence.add(Sample.newBuilder(sample("a", NOON, 0.5f))
                .setProbabilities(List.of())
                .build());
        var rest = new DriftEvidence(alarm(DriftKind.PICTURES, DriftReference.LIVE, "", 1));
        rest.add(sample("", NOON, 0.5f));

        assertThat(evidence.picturesSince()).isEmpty();
        assertThat(card(evidence).counted()).containsExactly(0L, 0L);
        assertThat(rest.picturesSince()).isEmpty();
    }

    @Test
    void shouldMakeLargePicturesSmaller() {
        byte[] pixels = new byte[3 * 200 * 100];
        pixels[2 * 200 * 100 + 3 * 100 + 6] = 7;
        Sample large = Sample.newBuilder(sample("a", NOON, 0.5f))
                .setChannels(3)
                .setHeight(200)
                .setWidth(100)
                .setPixels(ByteBuffer.wrap(pixels))
                .build();

        Thumbnail small = Thumbnail.of(large);

        assertThat(List.of(small.channels(), small.height(), small.width())).containsExactly(3, 67, 34);
        assertThat(small.pixels()).hasSize(3 * 67 * 34);
        assertThat(small.pixels()[2 * 67 * 34 + 34 + 2]).isEqualTo((byte) 7);
    }
}
