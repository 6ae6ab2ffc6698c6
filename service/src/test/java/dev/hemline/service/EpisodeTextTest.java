package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EpisodeTextTest {
    private static final EpisodeStep LABELLED =
            new EpisodeStep(EpisodeStepKind.LABELLED, Instant.EPOCH, null, 1_180, 0.5, "");

    private static Episode episode(EpisodeState state, EpisodeStep... steps) {
        return begun(EpisodeCause.DRIFT, state, steps).build();
    }

    private static Episode.Builder begun(EpisodeCause cause, EpisodeState state, EpisodeStep... steps) {
        return Episode.newBuilder()
                .setId("clothes-v12-0")
                .setModelName("clothes")
                .setModelVersion(12)
                .setCause(cause)
                .setOnsetAt(Instant.EPOCH)
                .setBegunAt(Instant.EPOCH)
                .setLabelsWanted(200)
                .setState(state)
                .setSteps(List.of(steps))
                .setChangedAt(Instant.EPOCH);
    }

    private static EpisodeStep step(EpisodeStepKind kind, String reason) {
        return new EpisodeStep(kind, Instant.EPOCH, 13, null, null, reason);
    }

    @Test
    void shouldTellWhatHappenedLastAndWhatIsWaitedFor() {
        assertThat(EpisodeText.sentence(episode(EpisodeState.REFRESHING, step(EpisodeStepKind.ALARMED, ""), LABELLED)))
                .isEqualTo("labels have come, right about 50.0 % of 1,180 labelled pictures; v12 is being refreshed");
        assertThat(EpisodeText.sentence(episode(EpisodeState.LABELLING))).isEqualTo("200 labels are asked for");
    }

    @ParameterizedTest
    @CsvSource({
        "ALARMED, alarm: why",
        "LABELLED, labels have come: why",
        "REFRESHED, 'v13 was published, refreshed: why'",
        "REFUSED, nothing came of a refresh: why",
        "PROMOTED, v13 serves: why",
        "REJECTED, v13 was rejected: why",
        "RECOVERED, accuracy is back: why",
        "CLEARED, all clear: why",
        "GIVEN_UP, given up: why",
        "OTHER, something that a later release knows: why"
    })
    void shouldTellWhatHappenedAndWhy(EpisodeStepKind kind, String text) {
        assertThat(EpisodeText.step(step(kind, "why"))).isEqualTo(text);
    }

    @Test
    void shouldTellWhatIsKnownOfItApart() {
        var step = new EpisodeStep(EpisodeStepKind.ALARMED, Instant.EPOCH, null, 200, 0.705, "fewer are right");

        assertThat(EpisodeText.what(step)).isEqualTo("alarm");
        assertThat(EpisodeText.details(step)).isEqualTo("right about 70.5 % of 200 labelled pictures: fewer are right");
        assertThat(EpisodeText.details(LABELLED)).isEqualTo("right about 50.0 % of 1,180 labelled pictures");
        assertThat(EpisodeText.details(step(EpisodeStepKind.CLEARED, "why"))).isEqualTo("why");
        assertThat(EpisodeText.details(step(EpisodeStepKind.PROMOTED, ""))).isEmpty();
    }

    @Test
    void shouldTellOfAVersionThatIsNotNamed() {
        assertThat(EpisodeText.step(new EpisodeStep(EpisodeStepKind.PROMOTED, Instant.EPOCH, null, null, null, "")))
                .isEqualTo("a version serves");
    }

    @Test
    void shouldTellNoAccuracyOfLabelsThatNobodyCounted() {
        assertThat(EpisodeText.step(new EpisodeStep(EpisodeStepKind.LABELLED, Instant.EPOCH, null, null, 0.5, "")))
                .isEqualTo("labels have come");
    }

    @Test
    void shouldPrintNothingThatATerminalObeysNorWithoutEnd() {
        assertThat(EpisodeText.step(step(EpisodeStepKind.CLEARED, "\u001b[2J" + "x".repeat(1_000))))
                .startsWith("all clear: ?[2Jxxx")
                .endsWith("...")
                .hasSize("all clear: ".length() + 500);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellThatAnEpisodeGoesOnOrHowItEnded(EpisodeState state) {
        String expected = state == EpisodeState.ENDED ? "given up" : DecisionText.words(state);

        assertThat(EpisodeText.outcome(episode(state, LABELLED, step(EpisodeStepKind.GIVEN_UP, ""))))
                .isEqualTo(expected);
        assertThat(EpisodeText.waitsFor(episode(state))).isNotBlank();
    }

    @Test
    void shouldTellThatAnEpisodeIsOverOfWhichNothingElseIsTold() {
        assertThat(EpisodeText.outcome(episode(EpisodeState.ENDED))).isEqualTo("ended");
    }

    @Test
    void shouldTellWhyItBegan() {
        assertThat(EpisodeText.cause(episode(EpisodeState.LABELLING))).isEqualTo("changed pictures");
        assertThat(EpisodeText.cause(
                        begun(EpisodeCause.ACCURACY, EpisodeState.LABELLING).build()))
                .isEqualTo("fewer right than promised");
    }
}
