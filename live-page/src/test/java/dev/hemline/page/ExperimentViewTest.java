package dev.hemline.page;

import static dev.hemline.page.ExperimentRecords.NOON;
import static dev.hemline.page.ExperimentRecords.rejected;
import static dev.hemline.page.ExperimentRecords.standing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.page.ExperimentView.Card;
import dev.hemline.page.ExperimentView.Picture;
import dev.hemline.page.ExperimentView.Unproved;
import dev.hemline.page.ToldExperiments.Pair;
import dev.hemline.page.ToldExperiments.Told;
import dev.hemline.service.JsonFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExperimentViewTest {
    private static final List<String> NAMES = List.of("bag", "shirt", "coat");

    private final Disagreements disagreements = new Disagreements(new Pair("m", 12, 13));

    private Card card(@Nullable ExperimentDecision decision) {
        return Objects.requireNonNull(
                ExperimentView.of(new Told(standing(NOON), List.of(), decision), NAMES, disagreements)
                        .card());
    }

    private void answers(String id, int version, int label) {
        disagreements.add(new Classification(
                id,
                "shop",
                label,
                "",
                0.5f,
                List.of(0.2f, 0.3f, 0.5f),
                "m",
                version,
                "0123456789ab",
                NOON,
                NOON,
                false));
    }

    private void scores(String id, int version, int predicted, int actual) {
        disagreements.add(new Score(id, "m", version, predicted, actual, 0.5f, 0L, null, "shop", "it"));
    }

    private void samples(String id, int seconds) {
        disagreements.add(Sample.newBuilder()
                .setId(id)
                .setSource("shop")
                .setChannels(1)
                .setHeight(1)
                .setWidth(2)
                .setPixels(ByteBuffer.wrap(new byte[] {5, (byte) seconds}))
                .setProbabilities(List.of(0.2f, 0.3f, 0.5f))
                .setModelName("m")
                .setModelVersion(12)
                .setShare(0.5)
                .setCapturedAt(NOON)
                .setClassifiedAt(NOON.plusSeconds(seconds))
                .build());
    }

    @Test
    void shouldSayWhatIsWaitedForWithTheNamesOfClassesTheLeastEvidenceFirst() {
        Card card = card(null);

        assertThat(card.phase()).isEqualTo("trial");
        assertThat(card.labels()).isEqualTo(1_043);
        assertThat(card.waitsFor())
                .containsExactly(
                        "evidence (e-value 13.4 of 20.0)",
                        "proof for class shirt (e-value 2.31 of 20.0)",
                        "proof for source without a name (e-value 11.0 of 20.0)");
        assertThat(card.unproved()).extracting(Unproved::name).containsExactly("class shirt", "source without a name");
        assertThat(card.unproved().get(0).labels()).isEqualTo(100);
        assertThat(card.endsAt()).isEqualTo(NOON.toEpochMilli() + 14 * 86_400_000L);
        assertThat(card.decision()).isNull();
    }

    @Test
    void shouldTellHowItEndedAndWaitForNothingMore() {
        Card card = card(rejected(NOON));

        assertThat(card.waitsFor()).isEmpty();
        assertThat(card.unproved()).isEmpty();
        assertThat(card.decision()).isNotNull().satisfies(decision -> {
            assertThat(decision.candidate()).isEqualTo(13);
            assertThat(decision.outcome()).isEqualTo("rejected");
            assertThat(decision.words()).startsWith("v13 was rejected against v12, worse in segment class shirt:");
        });
    }

    @Test
    void shouldShowTheNewestPicturesThatTheTwoGaveDifferentClasses() {
        for (int i = 0; i < 8; i++) {
            answers("apart-" + i, 13, 1);
            scores("apart-" + i, 12, 2, 1);
        }
        answers("alike", 13, 2);
        scores("alike", 12, 2, 2);
        answers("of another version", 11, 1);
        scores("of another version", 12, 2, 1);
        answers("both wrong", 13, 1);
        scores("both wrong", 12, 2, 0);
        samples("alike", 20);
        samples("of another version", 21);
        samples("both wrong", 22);
        for (int i = 0; i < 8; i++) {
            samples("apart-" + i, i);
            samples("apart-" + i, i);
        }

        List<Picture> pictures = card(null).pictures();

        assertThat(pictures).hasSize(Disagreements.PICTURES);
        assertThat(pictures)
                .extracting(picture -> (int) picture.picture().pixels()[1])
                .containsExactly(22, 7, 6, 5, 4, 3);
        assertThat(pictures.get(0).championRight()).isFalse();
        assertThat(pictures.get(0).challengerRight()).isFalse();
        assertThat(pictures.get(1).actual()).isEqualTo("shirt");
        assertThat(pictures.get(1).champion()).isEqualTo("coat");
        assertThat(pictures.get(1).challengerRight()).isTrue();
    }

    @Test
    void shouldLetTheNewestLabelOfAPictureCount() {
        answers("corrected", 13, 1);
        scores("corrected", 12, 2, 1);
        scores("corrected", 12, 2, 2);
        samples("corrected", 1);

        assertThat(card(null).pictures())
                .singleElement()
                .satisfies(picture -> assertThat(picture.championRight()).isTrue());
    }

    @Test
    void shouldSayThatThereIsNoneWhereNothingIsCompared() {
        assertThat(JsonFile.line(ExperimentView.NONE)).isEqualTo("{\"card\":null}");
    }
}
