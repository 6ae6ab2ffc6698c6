package dev.hemline.page;

import static dev.hemline.page.EpisodeRecords.ALARMED;
import static dev.hemline.page.EpisodeRecords.LABELLED;
import static dev.hemline.page.EpisodeRecords.NOON;
import static dev.hemline.page.EpisodeRecords.episode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldEpisodesTest {
    private final ToldEpisodes told = new ToldEpisodes("m");

    private static Episode.Builder begun(String id, EpisodeState state, long seconds) {
        return episode(id, state).setBegunAt(NOON.plusSeconds(seconds));
    }

    private void tell(Episode.Builder episode) {
        told.tell(episode.getId(), episode.build());
    }

    @Test
    void shouldKnowTheNewestThatWasToldOfEach() {
        tell(episode("one", EpisodeState.LABELLING, ALARMED));
        tell(episode("one", EpisodeState.REFRESHING, ALARMED, LABELLED));

        assertThat(told.newestFirst())
                .containsExactly(episode("one", EpisodeState.REFRESHING, ALARMED, LABELLED)
                        .build());
    }

    @Test
    void shouldGiveTheOpenOneFirstAndThenTheNewest() {
        tell(begun("open", EpisodeState.WATCHING, 1));
        tell(begun("first", EpisodeState.ENDED, 2));
        tell(begun("last", EpisodeState.ENDED, 4));
        tell(begun("second", EpisodeState.ENDED, 3));

        assertThat(told.newestFirst()).extracting(Episode::getId).containsExactly("open", "last", "second", "first");
    }

    @Test
    void shouldForgetWhatHasATombstone() {
        tell(episode("one", EpisodeState.LABELLING));

        told.tell("one", null);

        assertThat(told.newestFirst()).isEmpty();
    }

    @Test
    void shouldNotKnowEpisodesOfOtherModels() {
        tell(episode("one", EpisodeState.LABELLING).setModelName("another"));

        assertThat(told.newestFirst()).isEmpty();
    }

    @Test
    void shouldForgetTheOneToldOfLongestAgo() {
        for (int id = 0; id <= 100; id++) {
            tell(begun("id-" + id, EpisodeState.ENDED, id));
        }

        assertThat(told.newestFirst())
                .hasSize(100)
                .extracting(Episode::getId)
                .contains("id-1")
                .doesNotContain("id-0");
    }

    @Test
    void shouldPassOverWhatNoTrainerWouldTell() {
        told.tell("another", episode("one", EpisodeState.LABELLING).build());
        tell(episode("one", EpisodeState.LABELLING).setModelVersion(0));
        tell(episode("one", EpisodeState.LABELLING).setOnsetAt(Instant.ofEpochMilli(Long.MAX_VALUE)));
        tell(episode("one", EpisodeState.LABELLING).setSource("x".repeat(1_025)));
        tell(episode("one", EpisodeState.LABELLING).setSteps(Collections.nCopies(1_001, ALARMED)));

        assertThat(told.newestFirst()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0.5", "10, NaN", "10, Infinity", "10, -0.1", "10, 1.1"})
    void shouldPassOverAStepThatCountsWhatCannotBe(int labels, double accuracy) {
        var step = new EpisodeStep(EpisodeStepKind.LABELLED, NOON, null, labels, accuracy, "");

        tell(episode("one", EpisodeState.REFRESHING, step));

        assertThat(told.newestFirst()).isEmpty();
    }
}
