package dev.hemline.trainer.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftState;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.Sample;
import dev.hemline.trainer.reservoir.TrafficSamples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UndisturbedTest {
    private static final Instant NOON = TrafficSamples.NOON;
    private static final Instant EVENING = NOON.plusSeconds(7 * 3_600);

    private final Told told = new Told();
    private final List<Episode> episodes = new ArrayList<>();

    @BeforeEach
    void publish() {
        told.publish(1, Map.of());
    }

    private boolean undisturbed(int version, Instant at) {
        Situation now = told.at(EVENING);
        Sample sample = TrafficSamples.answered("a", version, true, at, null).sample();
        return new Undisturbed(now.model(), now.drifts(), episodes, now.now()).test(sample);
    }

    @Test
    void shouldBeWhatAVersionAnsweredOfWhichNothingWasTold() {
        assertThat(undisturbed(1, NOON)).isTrue();
        assertThat(undisturbed(2, NOON)).as("a version that is not known").isFalse();
        assertThat(undisturbed(1, EVENING.minusSeconds(10)))
                .as("an alarm may still come")
                .isFalse();
    }

    @Test
    void shouldNotBeWhatARefreshedVersionAnswered() {
        told.publish(2, Map.of("root", "1"));

        assertThat(undisturbed(2, NOON)).isFalse();
    }

    @Test
    void shouldNotBeWhatWasAnsweredFromTheChangeToTheAllClear() {
        Instant alarmed = NOON.plusSeconds(3_600);
        Instant cleared = NOON.plusSeconds(2 * 3_600);
        told.alarm(1, "dock", alarmed);

        assertThat(undisturbed(1, NOON)).isTrue();
        assertThat(undisturbed(1, alarmed)).isFalse();
        assertThat(undisturbed(1, cleared.plusSeconds(600))).isFalse();

        told.tell(1, "dock", DriftKind.PICTURES, DriftState.ALL_CLEAR, cleared);
        assertThat(undisturbed(1, cleared.plusSeconds(600))).isTrue();
        assertThat(undisturbed(1, alarmed)).isFalse();
    }

    @Test
    void shouldNotMindAnAlarmAboutTheMixOfClasses() {
        told.tell(1, "dock", DriftKind.MIX, DriftState.ALARM, NOON.minusSeconds(60));

        assertThat(undisturbed(1, NOON)).isTrue();
    }

    @Test
    void shouldNotBeWhatWasAnsweredDuringAnEpisode() {
        Episode open = Episode.newBuilder()
                .setId("e-1")
                .setModelName(Told.MODEL)
                .setModelVersion(1)
                .setCause(EpisodeCause.DRIFT)
                .setOnsetAt(NOON)
                .setBegunAt(NOON)
                .setLabelsWanted(100)
                .setState(EpisodeState.LABELLING)
                .setSteps(List.of())
                .setChangedAt(NOON.plusSeconds(3_600))
                .build();
        episodes.add(open);
        assertThat(undisturbed(1, NOON.minusSeconds(3_600))).isTrue();
        assertThat(undisturbed(1, NOON.plusSeconds(2 * 3_600))).isFalse();

        episodes.set(0, Episode.newBuilder(open).setCause(EpisodeCause.ACCURACY).build());
        assertThat(undisturbed(1, NOON.plusSeconds(2 * 3_600)))
                .as("labels alone say so, and may be what is wrong")
                .isTrue();

        episodes.set(0, Episode.newBuilder(open).setState(EpisodeState.ENDED).build());

        assertThat(undisturbed(1, NOON.plusSeconds(2 * 3_600))).isTrue();
        assertThat(undisturbed(1, NOON.plusSeconds(60))).isFalse();
    }
}
