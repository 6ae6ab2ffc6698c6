package dev.hemline.page;

import static dev.hemline.page.EpisodeRecords.ALARMED;
import static dev.hemline.page.EpisodeRecords.LABELLED;
import static dev.hemline.page.EpisodeRecords.NOON;
import static dev.hemline.page.EpisodeRecords.REFRESHED;
import static dev.hemline.page.EpisodeRecords.episode;
import static dev.hemline.page.EpisodeRecords.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.page.EpisodesView.Card;
import dev.hemline.page.EpisodesView.Mark;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodesViewTest {
    private static Card card(Episode.Builder episode) {
        EpisodesView view = EpisodesView.of(List.of(episode.build()));
        assertThat(view.cards()).hasSize(1);
        return view.cards().get(0);
    }

    private static long afterNoon(long seconds) {
        return NOON.plusSeconds(seconds).toEpochMilli();
    }

    @Test
    void shouldHaveAMarkForTheOnsetForEachStepAndForWhatIsToCome() {
        Card card = card(episode("one", EpisodeState.REFRESHING, ALARMED, LABELLED));

        assertThat(card.marks())
                .containsExactly(
                        new Mark("onset", afterNoon(0), false, "onset", "changed pictures of web"),
                        new Mark("alarmed", afterNoon(6), false, "alarm", "pictures of web have changed"),
                        new Mark("asked", afterNoon(7), false, "labels asked for", ""),
                        new Mark(
                                "labelled",
                                afterNoon(40),
                                false,
                                "labels have come",
                                "right about 25.0 % of 180 labelled pictures"),
                        new Mark("refreshed", null, true, "refresh", "v12 is being refreshed"),
                        new Mark("promoted", null, false, "promotion", ""),
                        new Mark("recovered", null, false, "accuracy back", ""));
        assertThat(card.outcome()).isEqualTo("refreshing");
        assertThat(card.waitsFor()).isEqualTo("v12 is being refreshed");
        assertThat(card.endedAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "LABELLING, answers, 3",
        "REFRESHING, refresh, 2",
        "PROVING, promotion, 1",
        "WATCHING, accuracy back, 0",
        "UNKNOWN, what comes next, 0"
    })
    void shouldTellWhatIsWaitedForAndHowManyStepsAreToComeIfAllGoesWell(EpisodeState state, String now, int toCome) {
        List<Mark> marks = card(episode("one", state, ALARMED)).marks();

        assertThat(marks).filteredOn(Mark::now).extracting(Mark::what).containsExactly(now);
        assertThat(marks)
                .filteredOn(mark -> mark.at() == null && !mark.now())
                .hasSize(toCome)
                .allMatch(mark -> mark.details().isEmpty());
    }

    @Test
    void shouldTellHowAnEpisodeEndedAndWhenAndOfNothingToCome() {
        Card card = card(episode(
                "one",
                EpisodeState.ENDED,
                ALARMED,
                LABELLED,
                REFRESHED,
                step(EpisodeStepKind.GIVEN_UP, 99, "another version serves meanwhile")));

        assertThat(card.outcome()).isEqualTo("given up");
        assertThat(card.endedAt()).isEqualTo(afterNoon(99));
        assertThat(card.marks())
                .extracting(Mark::kind, Mark::at)
                .endsWith(tuple("refreshed", afterNoon(73)), tuple("given up", afterNoon(99)));
        assertThat(card.marks()).noneMatch(Mark::now).allMatch(mark -> mark.at() != null);
    }

    @Test
    void shouldShowTheNewestFiveAndSayHowManyOthersAreKnown() {
        List<Episode> seven = Collections.nCopies(
                7, episode("one", EpisodeState.ENDED, ALARMED).build());

        EpisodesView view = EpisodesView.of(seven);

        assertThat(view.cards()).hasSize(EpisodesView.SHOWN);
        assertThat(view.more()).isEqualTo(2);
        assertThat(EpisodesView.of(List.of())).isEqualTo(EpisodesView.NONE);
    }

    @Test
    void shouldShowTheNewestStepsOfAnEpisodeThatHasFarTooMany() {
        Episode.Builder endless = episode("one", EpisodeState.ENDED).setSteps(Collections.nCopies(1_000, LABELLED));

        Card card = card(endless);

        assertThat(card.earlier()).isEqualTo(1_000 - EpisodesView.MOST_STEPS);
        assertThat(card.marks()).hasSize(1 + EpisodesView.MOST_STEPS);
    }

    @Test
    void shouldBoundWhatStrangersNamedAndShowNothingThatControls() {
        Episode.Builder hostile = episode(
                        "one", EpisodeState.ENDED, step(EpisodeStepKind.REFUSED, 9, "\u001b" + "x".repeat(1_000)))
                .setSource("\u001b" + "s".repeat(1_000));

        Card card = card(hostile);

        assertThat(card.cause()).startsWith("changed pictures of ?sss").hasSizeLessThan(130);
        assertThat(card.marks())
                .extracting(Mark::details)
                .allMatch(details -> details.length() <= 500 && details.indexOf('\u001b') < 0);
    }

    @Test
    void shouldNameNoSourceOfAnEpisodeThatIsOfAllOfThem() {
        Episode.Builder ofAll =
                episode("one", EpisodeState.LABELLING).setSource("").setCause(EpisodeCause.ACCURACY);

        assertThat(card(ofAll).cause()).isEqualTo("fewer right than promised");
    }
}
