package dev.hemline.trainer.episode;

import static dev.hemline.trainer.episode.Told.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoryTest {
    private static final Instant LATER = NOON.plusSeconds(60);

    private final Episode begun = Story.begin(
            Story.id(Told.manifest(7, Map.of()), Instant.ofEpochMilli(1234), List.of()),
            Told.manifest(7, Map.of()),
            EpisodeCause.DRIFT,
            NOON,
            200,
            NOON);

    @Test
    void shouldCallAnEpisodeByWhatWasNoticedAndWhen() {
        assertThat(begun.getId()).isEqualTo("fashion-mnist-v7-1234");
        assertThat(Story.id(Told.manifest(7, Map.of()), Instant.ofEpochMilli(1234), List.of(begun)))
                .isEqualTo("fashion-mnist-v7-1234-2");
        assertThat(begun.getState()).isEqualTo(EpisodeState.LABELLING);
        assertThat(begun.getSource()).isEmpty();
        assertThat(begun.getSteps()).isEmpty();
    }

    @Test
    void shouldGoOnWithoutChangingWhatWasTold() {
        Episode next = Story.of(begun)
                .source("camera")
                .wanting(300)
                .step(EpisodeStepKind.LABELLED, NOON, new Right(40, 30), "at last")
                .step(EpisodeStepKind.REFRESHED, LATER, 8, "")
                .told(EpisodeState.PROVING, LATER);

        assertThat(begun.getSteps()).isEmpty();
        assertThat(next.getId()).isEqualTo(begun.getId());
        assertThat(next.getSource()).isEqualTo("camera");
        assertThat(next.getLabelsWanted()).isEqualTo(300);
        assertThat(next.getChangedAt()).isEqualTo(LATER);
        assertThat(next.getSteps())
                .containsExactly(
                        new EpisodeStep(EpisodeStepKind.LABELLED, NOON, null, 40, 0.75, "at last"),
                        new EpisodeStep(EpisodeStepKind.REFRESHED, LATER, 8, null, null, ""));
    }

    @Test
    void shouldKnowSinceWhenItHasBeenInItsState() {
        assertThat(Story.begunState(begun)).isEqualTo(NOON);
        assertThat(Story.begunState(
                        Story.of(begun).step(EpisodeStepKind.REFUSED, LATER, "").told(EpisodeState.LABELLING, LATER)))
                .isEqualTo(LATER);
    }

    @Test
    void shouldKnowTheLastVersionThatItHasBrought() {
        assertThat(Story.refreshed(begun)).isEmpty();
        assertThat(Story.refreshed(Story.of(begun)
                        .step(EpisodeStepKind.REFRESHED, NOON, 8, "")
                        .step(EpisodeStepKind.REFRESHED, NOON, 9, "")
                        .step(EpisodeStepKind.PROMOTED, NOON, 10, "")
                        .told(EpisodeState.WATCHING, NOON)))
                .contains(9);
    }

    @Test
    void shouldTellNoReasonWithoutEnd() {
        Episode told = Story.of(begun)
                .step(EpisodeStepKind.REFUSED, NOON, "x".repeat(10_000))
                .told(EpisodeState.ENDED, NOON);

        assertThat(told.getSteps().get(0).getReason()).hasSize(500);
    }

    @Test
    void shouldKnowOfWhichEpisodeAVersionCame() {
        assertThat(Story.id(Told.manifest(8, Map.of("episode", begun.getId())))).isEqualTo(begun.getId());
        assertThat(Story.id(Told.manifest(8, Map.of()))).isEmpty();
    }
}
