package dev.hemline.control.episodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeRowTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private static Episode.Builder episode(EpisodeState state, EpisodeStep... steps) {
        return Episode.newBuilder()
                .setId("clothes-v12-42")
                .setModelName("clothes")
                .setModelVersion(12)
                .setCause(EpisodeCause.DRIFT)
                .setOnsetAt(NOON)
                .setBegunAt(NOON.plusSeconds(6))
                .setLabelsWanted(200)
                .setState(state)
                .setSteps(List.of(steps))
                .setChangedAt(NOON);
    }

    private static List<String> lines(Episode.Builder episode) {
        return EpisodeRow.of(episode.build()).lines(ZoneOffset.ofHours(1));
    }

    @Test
    void shouldTellWhatItIsAboutAndThenALineForEachThingThatHappened() {
        Episode.Builder episode = episode(
                        EpisodeState.ENDED,
                        new EpisodeStep(EpisodeStepKind.ALARMED, NOON.plusSeconds(5), null, null, null, ""),
                        new EpisodeStep(EpisodeStepKind.LABELLED, NOON.plusSeconds(65), null, 180, 0.25, ""),
                        new EpisodeStep(EpisodeStepKind.REFRESHED, NOON.plusSeconds(100), 13, null, null, ""),
                        new EpisodeStep(EpisodeStepKind.RECOVERED, NOON.plusSeconds(7_265), null, 40, 0.9, ""))
                .setSource("camera-2");

        assertThat(lines(episode))
                .containsExactly(
                        "clothes-v12-42: clothes v12, drift of camera-2, recovered",
                        "  2026-12-01 13:00:00  onset",
                        "  2026-12-01 13:00:05  +0:05  alarm",
                        "  2026-12-01 13:01:05  +1:05  labels have come, right about 25.0 % of 180 labelled pictures",
                        "  2026-12-01 13:01:40  +1:40  v13 was published, refreshed",
                        "  2026-12-01 15:01:05  +121:05  accuracy is back, right about 90.0 % of 40 labelled pictures");
    }

    @Test
    void shouldTellOfOneThatGoesOnAndOfNoSource() {
        assertThat(lines(episode(EpisodeState.PROVING).setCause(EpisodeCause.ACCURACY)))
                .containsExactly("clothes-v12-42: clothes v12, accuracy, proving", "  2026-12-01 13:00:00  onset");
    }

    @Test
    void shouldNotCountFromAnOnsetThatIsLater() {
        assertThat(lines(episode(
                        EpisodeState.LABELLING,
                        new EpisodeStep(EpisodeStepKind.ALARMED, NOON.minusSeconds(1), null, null, null, ""))))
                .contains("  2026-12-01 12:59:59  alarm");
    }

    @Test
    void shouldPrintNothingThatATerminalObeys() {
        Episode.Builder hostile = episode(
                        EpisodeState.ENDED,
                        new EpisodeStep(EpisodeStepKind.REFUSED, NOON, null, null, null, "\u001b[2J"))
                .setId("\u001b[2J")
                .setModelName("\u001b[2J")
                .setSource("\u001b[2J");

        assertThat(lines(hostile)).noneMatch(line -> line.indexOf('\u001b') >= 0);
    }

    @Test
    void shouldHaveForProgramsWhatWasTold() {
        EpisodeRow row = EpisodeRow.of(episode(
                        EpisodeState.ENDED,
                        new EpisodeStep(EpisodeStepKind.GIVEN_UP, NOON, null, null, null, "no labels"))
                .build());

        assertThat(row.cause()).isEqualTo("drift");
        assertThat(row.state()).isEqualTo("ended");
        assertThat(row.outcome()).isEqualTo("given up");
        assertThat(row.onsetAt()).isEqualTo(NOON);
        assertThat(row.begunAt()).isEqualTo(NOON.plusSeconds(6));
        assertThat(row.labelsWanted()).isEqualTo(200);
        assertThat(row.steps())
                .containsExactly(
                        new EpisodeRow.Step("given up", NOON, null, null, null, "no labels", "given up: no labels"));
    }
}
