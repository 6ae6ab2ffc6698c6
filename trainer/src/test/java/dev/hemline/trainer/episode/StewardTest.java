package dev.hemline.trainer.episode;

import static dev.hemline.trainer.episode.Told.NOON;
import static dev.hemline.trainer.episode.Told.last;
import static dev.hemline.trainer.episode.Told.lastKind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftState;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.RefreshPolicy;
import dev.hemline.event.RequestReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StewardTest {
    private static final Instant ALARM = NOON.minusSeconds(10);

    private final Told told = new Told();
    private final Steward steward = new Steward(Told.MODEL);

    private Optional<Episode> begun(Episode... before) {
        return steward.next(List.of(before), told.at(NOON));
    }

    /** The next thing that is told of an episode, so long after noon. */
    private Optional<Episode> after(Duration time, Episode episode) {
        return steward.next(List.of(episode), told.at(NOON.plus(time)));
    }

    /** Something was refreshed meanwhile. */
    private static Episode ended(Instant begunAt, Instant endedAt) {
        return Episode.newBuilder(cleared(begunAt, endedAt))
                .setSteps(List.of(new EpisodeStep(EpisodeStepKind.LABELLED, begunAt, null, null, null, "")))
                .build();
    }

    private static Episode cleared(Instant begunAt, Instant endedAt) {
        return Episode.newBuilder()
                .setId("earlier-" + begunAt)
                .setModelName(Told.MODEL)
                .setModelVersion(1)
                .setCause(EpisodeCause.DRIFT)
                .setOnsetAt(begunAt)
                .setBegunAt(begunAt)
                .setLabelsWanted(200)
                .setState(EpisodeState.ENDED)
                .setSteps(List.of())
                .setChangedAt(endedAt)
                .build();
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    @Nested
    class Begins {
        @Test
        void shouldBeginOnAStandingAlarmAboutPicturesOfWhatServes() {
            told.alarm(1, "camera", ALARM);

            Episode episode = begun().orElseThrow();

            assertThat(episode.getState()).isEqualTo(EpisodeState.LABELLING);
            assertThat(episode.getCause()).isEqualTo(EpisodeCause.DRIFT);
            assertThat(episode.getModelName()).isEqualTo(Told.MODEL);
            assertThat(episode.getModelVersion()).isEqualTo(1);
            assertThat(episode.getSource()).isEqualTo("camera");
            assertThat(episode.getOnsetAt()).isEqualTo(ALARM.minusSeconds(120));
            assertThat(episode.getBegunAt()).isEqualTo(NOON).isEqualTo(episode.getChangedAt());
            assertThat(episode.getLabelsWanted()).isEqualTo(200);
            assertThat(episode.getSteps())
                    .containsExactly(new EpisodeStep(
                            EpisodeStepKind.ALARMED,
                            ALARM,
                            null,
                            null,
                            null,
                            "pictures of camera have changed, 85 results after the change"));
        }

        @Test
        void shouldGiveTheSameIdWhoeverNoticesTheSameAlarm() {
            told.alarm(1, "camera", ALARM);
            Episode one = begun().orElseThrow();
            told.alarm(1, "another", ALARM.plusSeconds(5));
            Episode other = new Steward(Told.MODEL)
                    .next(List.of(), told.at(NOON.plusSeconds(30)))
                    .orElseThrow();

            assertThat(other.getId()).isEqualTo(one.getId());
        }

        @Test
        void shouldNotBeginWithoutAPolicyThatSaysSo() {
            told.alarm(1, "camera", ALARM);

            told.refreshes(null);
            assertThat(begun()).isEmpty();
            told.nobodyHasSetAPolicy();
            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldNotBeginWhereNothingServes() {
            told.alarm(1, "camera", ALARM);
            told.retire(1);

            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldNotBeginBecauseSomeClassesComeMoreOften() {
            told.tell(1, "camera", DriftKind.MIX, DriftState.ALARM, ALARM);

            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldNotBeginOnAnAlarmOfAnotherVersion() {
            told.alarm(2, "camera", ALARM);
            assertThat(begun()).isEmpty();

            told.publish(2, Map.of());
            told.pin(1);
            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldNotBeginOnAnAlarmThatWasTakenBack() {
            told.alarm(1, "camera", ALARM);
            told.allClear(1, "camera", ALARM.plusSeconds(5));

            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldRestAfterTheEndOfOne() {
            told.alarm(1, "camera", ALARM);

            assertThat(begun(ended(NOON.minus(minutes(60)), NOON.minus(minutes(4)))))
                    .isEmpty();
            assertThat(begun(ended(NOON.minus(minutes(60)), NOON.minus(minutes(5)))))
                    .isPresent();
        }

        /** Somebody may have made it. */
        @Test
        void shouldTakeNoMoreThanABreathAfterOneInWhichNothingWasRefreshed() {
            told.alarm(1, "camera", ALARM);
            told.refreshes(new RefreshPolicy(200, 1, minutes(60).toMillis()));

            assertThat(begun(cleared(NOON.minus(minutes(2)), NOON.minusSeconds(29))))
                    .isEmpty();
            assertThat(begun(cleared(NOON.minus(minutes(2)), NOON.minusSeconds(30))))
                    .isPresent();
        }

        @Test
        void shouldNotBeginMoreThanAreAllowedADay() {
            told.alarm(1, "camera", ALARM);
            told.refreshes(new RefreshPolicy(200, 2, 0L));
            Episode yesterday = ended(NOON.minus(Duration.ofDays(1)), NOON.minus(minutes(60)));
            Episode thisMorning = ended(NOON.minus(minutes(240)), NOON.minus(minutes(180)));
            Episode justNow = ended(NOON.minus(minutes(120)), NOON.minus(minutes(60)));

            assertThat(begun(yesterday, thisMorning)).isPresent();
            assertThat(begun(yesterday, thisMorning, justNow)).isEmpty();
        }

        @Test
        void shouldCareForNoOtherModelsEpisodes() {
            told.alarm(1, "camera", ALARM);
            Episode other = Episode.newBuilder(ended(NOON.minus(minutes(60)), NOON))
                    .setModelName("another")
                    .setState(EpisodeState.LABELLING)
                    .build();

            assertThat(begun(other)).isPresent();
            assertThat(steward.open(List.of(other))).isEmpty();
        }

        @Test
        void shouldMeanAllSourcesWhereSeveralHaveChangedOrOneThatIsNotNamed() {
            told.alarm(1, "", ALARM);
            assertThat(begun().orElseThrow().getSource()).isEmpty();
            assertThat(last(begun().orElseThrow()).getReason()).startsWith("pictures of other have changed");

            told.alarm(1, "camera", ALARM);
            assertThat(begun().orElseThrow().getSource()).isEmpty();
        }

        @Test
        void shouldAskForAsManyLabelsAsAnythingCanBeLearntFromAtLeast() {
            told.alarm(1, "camera", ALARM);
            told.refreshes(new RefreshPolicy(1, 4, 0L));

            assertThat(begun().orElseThrow().getLabelsWanted()).isEqualTo(60);
        }

        @Test
        void shouldBeginWhereClearlyFewerAreRightThanWhenItWasValidated() {
            told.label(1, 200, 140, NOON.minusSeconds(300), RequestReason.RANDOM);

            Episode episode = begun().orElseThrow();

            assertThat(episode.getCause()).isEqualTo(EpisodeCause.ACCURACY);
            assertThat(episode.getSource()).isEmpty();
            assertThat(episode.getOnsetAt()).isEqualTo(NOON.minusSeconds(300));
            assertThat(last(episode).getKind()).isEqualTo(EpisodeStepKind.ALARMED);
            assertThat(last(episode).getAt()).isEqualTo(NOON.minusSeconds(100));
            assertThat(last(episode).getLabels()).isEqualTo(200);
            assertThat(last(episode).getAccuracy()).isEqualTo(0.7);
        }

        @Test
        void shouldNotBeginWhereChanceMayHaveDoneIt() {
            told.label(1, 200, 160, NOON.minusSeconds(300), RequestReason.RANDOM);

            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldNotBeginByFewLabels() {
            told.label(1, 199, 0, NOON.minusSeconds(300), RequestReason.RANDOM);

            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldLookAtTheNewestLabelsOnly() {
            told.label(1, 500, 0, NOON.minusSeconds(900), RequestReason.RANDOM);
            told.label(1, 200, 180, NOON.minusSeconds(300), RequestReason.RANDOM);

            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldLeaveThoseOutThatItWasAskedAboutBecauseItWasUnsure() {
            told.label(1, 100, 90, NOON.minusSeconds(400), RequestReason.RANDOM);
            told.label(1, 100, 10, NOON.minusSeconds(300), RequestReason.UNSURE);

            assertThat(begun()).isEmpty();
        }

        @Test
        void shouldMeasureARefreshedVersionByWhatItHadRightOfTraffic() {
            told.publish(2, Map.of(Promise.TRAFFIC_ACCURACY, "0.7", Promise.TRAFFIC_IMAGES, "80"));
            told.label(2, 200, 140, NOON.minusSeconds(300), RequestReason.RANDOM);

            assertThat(begun()).isEmpty();
        }
    }

    @Nested
    class Labelling {
        private Episode labelling() {
            told.alarm(1, "camera", ALARM);
            return begun().orElseThrow();
        }

        @Test
        void shouldWaitForNineInTenOfTheLabels() {
            Episode episode = labelling();
            told.label(1, 179, 100, NOON, RequestReason.DRIFTED);
            assertThat(after(minutes(5), episode)).isEmpty();

            told.label(1, 1, 1, NOON, RequestReason.UNSURE);
            Episode next = after(minutes(5), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.REFRESHING);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.LABELLED);
            assertThat(last(next).getLabels()).isEqualTo(179);
            assertThat(last(next).getAccuracy()).isEqualTo(100 / 179.0);
            assertThat(next.getId()).isEqualTo(episode.getId());
        }

        @Test
        void shouldCountNoLabelsOfPicturesFromBeforeTheChangeNorOfOtherVersions() {
            Episode episode = labelling();
            told.label(1, 200, 200, ALARM.minusSeconds(1_000), RequestReason.DRIFTED);
            told.label(2, 200, 200, NOON, RequestReason.DRIFTED);

            assertThat(after(minutes(5), episode)).isEmpty();
        }

        @Test
        void shouldTakeWhatIsThereWhenTheRestDoesNotCome() {
            Episode episode = labelling();
            told.label(1, 60, 30, NOON, RequestReason.DRIFTED);

            assertThat(after(minutes(29), episode)).isEmpty();
            assertThat(after(minutes(31), episode).orElseThrow().getState()).isEqualTo(EpisodeState.REFRESHING);
        }

        @Test
        void shouldNotBeHurriedByLabelsThatNobodyAskedFor() {
            Episode episode = labelling();
            told.label(1, 2_000, 100, NOON, null);

            assertThat(after(Duration.ofHours(1), episode)).isEmpty();
        }

        @Test
        void shouldGiveUpWhereHardlyAnyLabelComesInADay() {
            Episode episode = labelling();
            told.label(1, 59, 30, NOON, RequestReason.DRIFTED);

            assertThat(after(Duration.ofHours(23), episode)).isEmpty();
            Episode next = after(Duration.ofHours(25), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.GIVEN_UP);
            assertThat(last(next).getReason()).isEqualTo("59 labels came in a day");
        }

        /** As when somebody sets the policy long after the alarm. */
        @Test
        void shouldWaitForLabelsFromWhenItBeganHoweverOldTheAlarmIs() {
            told.alarm(1, "camera", NOON.minus(Duration.ofDays(2)));
            Episode episode = begun().orElseThrow();

            assertThat(after(minutes(1), episode)).isEmpty();
        }

        @Test
        void shouldEndWhenPicturesAreAsBefore() {
            Episode episode = labelling();
            told.allClear(1, "camera", NOON);

            Episode next = after(minutes(1), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.CLEARED);
        }

        @Test
        void shouldGoOnWithoutAnAlarmWhereAccuracyHasFallen() {
            told.label(1, 200, 140, NOON.minusSeconds(300), RequestReason.DRIFTED);
            Episode episode = begun().orElseThrow();

            assertThat(after(minutes(1), episode).orElseThrow().getState()).isEqualTo(EpisodeState.REFRESHING);
        }

        @Test
        void shouldEndWhereThoseLabelsDoNotCountAnyMoreThatSaidSo() {
            told.label(1, 200, 140, NOON.minusSeconds(300), RequestReason.DRIFTED);
            Episode episode = begun().orElseThrow();
            told.labelled.clear();

            Episode next = after(minutes(1), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.CLEARED);
        }

        @Test
        void shouldGiveUpWhenAnotherVersionServes() {
            Episode episode = labelling();
            told.publish(2, Map.of());

            Episode next = after(minutes(1), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.GIVEN_UP);
            assertThat(last(next).getReason()).isEqualTo("another version serves meanwhile");
        }

        @Test
        void shouldMeanAllSourcesWhenAnotherOneChangesToo() {
            Episode episode = labelling();
            told.alarm(1, "another", NOON);

            Episode next = after(minutes(1), episode).orElseThrow();

            assertThat(next.getSource()).isEmpty();
            assertThat(next.getState()).isEqualTo(EpisodeState.LABELLING);
            assertThat(next.getSteps()).isEqualTo(episode.getSteps());
            assertThat(after(minutes(2), next)).isEmpty();
        }

        @Test
        void shouldMeanTheOneThatIsLeftWhenAnotherIsAsBefore() {
            told.alarm(1, "another", ALARM);
            Episode episode = labelling();
            told.allClear(1, "another", NOON);

            assertThat(after(minutes(1), episode).orElseThrow().getSource()).isEqualTo("camera");
        }
    }

    @Nested
    class Refreshing {
        private Episode refreshing() {
            told.alarm(1, "camera", ALARM);
            told.label(1, 200, 100, NOON, RequestReason.DRIFTED);
            return after(minutes(1), begun().orElseThrow()).orElseThrow();
        }

        @Test
        void shouldLeaveTheRefreshToWhoeverDoesIt() {
            Episode episode = refreshing();
            told.publish(2, Map.of("episode", "another"));

            assertThat(after(minutes(2), episode)).isEmpty();
        }

        @Test
        void shouldHaveWhatARefreshHasBroughtProveItself() {
            Episode next = Steward.refreshed(refreshing(), Told.manifest(2, Map.of()), NOON.plusSeconds(120));

            assertThat(next.getState()).isEqualTo(EpisodeState.PROVING);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.REFRESHED);
            assertThat(last(next).getVersion()).isEqualTo(2);
            assertThat(last(next).getAt()).isEqualTo(NOON.plusSeconds(120));
            assertThat(next.getLabelsWanted()).isEqualTo(200);
        }

        @Test
        void shouldFindTheVersionOfATrainerThatWasKilledBeforeItTold() {
            Episode episode = refreshing();
            told.publish(2, Map.of("episode", episode.getId()));
            told.publish(3, Map.of());

            Episode next = after(minutes(2), episode).orElseThrow();

            assertThat(next)
                    .isEqualTo(Steward.refreshed(
                            episode, Told.manifest(2, Map.of("episode", episode.getId())), NOON.plus(minutes(2))));
            assertThat(last(next).getVersion()).isEqualTo(2);
        }

        @Test
        void shouldTryOnceMoreWithHalfAsManyLabelsMore() {
            Episode once = Steward.refused(refreshing(), "it has learnt nothing", NOON.plus(minutes(2)));

            assertThat(once.getState()).isEqualTo(EpisodeState.LABELLING);
            assertThat(once.getLabelsWanted()).isEqualTo(300);
            assertThat(lastKind(once)).isEqualTo(EpisodeStepKind.REFUSED);
            assertThat(last(once).getReason()).isEqualTo("it has learnt nothing");
            assertThat(after(minutes(3), once)).as("200 of 300").isEmpty();
            told.label(1, 70, 30, NOON.plusSeconds(60), RequestReason.DRIFTED);
            Episode again = after(minutes(4), once).orElseThrow();
            assertThat(again.getState()).isEqualTo(EpisodeState.REFRESHING);

            Episode twice = Steward.refused(again, "nor now", NOON.plus(minutes(5)));

            assertThat(twice.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(twice.getLabelsWanted()).isEqualTo(300);
            assertThat(lastKind(twice)).isEqualTo(EpisodeStepKind.REFUSED);
        }

        /** An alarm of a version that goes on serving may outlast an episode that came to nothing. */
        @Test
        void shouldNotTakeTheVersionOfAnEarlierEpisodeForItsOwn() {
            // Given an episode whose version was rejected, while the alarm stands
            Episode first = refreshing();
            told.publish(2, Map.of("episode", first.getId()));
            told.pin(1);
            told.decided(2, ExperimentOutcome.REJECTED);
            Episode proving = after(minutes(2), first).orElseThrow();
            Episode rejected = after(minutes(3), proving).orElseThrow();
            assertThat(lastKind(rejected)).isEqualTo(EpisodeStepKind.REJECTED);

            // When it begins once more after its cooldown, and has its labels
            Episode second = after(minutes(30), rejected).orElseThrow();
            Episode refreshing = after(minutes(31), second).orElseThrow();

            // Then it is another one, and waits for another refresh
            assertThat(second.getId()).isNotEqualTo(first.getId());
            assertThat(refreshing.getState()).isEqualTo(EpisodeState.REFRESHING);
            assertThat(after(minutes(32), refreshing)).isEmpty();
        }
    }

    @Nested
    class Proving {
        private Episode proving() {
            told.alarm(1, "camera", ALARM);
            told.label(1, 200, 100, NOON, RequestReason.DRIFTED);
            Episode refreshing = after(minutes(1), begun().orElseThrow()).orElseThrow();
            told.publish(2, Map.of("episode", refreshing.getId()));
            told.pin(1);
            return after(minutes(2), refreshing).orElseThrow();
        }

        @Test
        void shouldWaitUntilSomebodyDecides() {
            Episode episode = proving();

            assertThat(episode.getState()).isEqualTo(EpisodeState.PROVING);
            assertThat(after(minutes(3), episode)).isEmpty();
            assertThat(after(Duration.ofDays(6), episode)).isEmpty();
            Episode next = after(Duration.ofDays(8), episode).orElseThrow();
            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.GIVEN_UP);
            assertThat(last(next).getReason()).isEqualTo("nobody decided for v2");
        }

        @Test
        void shouldWatchTheRefreshedVersionOnceItServes() {
            Episode episode = proving();
            told.pin(2);

            Episode next = after(minutes(3), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.WATCHING);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.PROMOTED);
            assertThat(last(next).getVersion()).isEqualTo(2);
            assertThat(next.getLabelsWanted()).isEqualTo(episode.getLabelsWanted() + 60);
        }

        @Test
        void shouldEndWhenItWasDecidedAgainst() {
            Episode episode = proving();
            told.decided(2, ExperimentOutcome.REJECTED);

            Episode next = after(minutes(3), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.REJECTED);
            assertThat(last(next).getVersion()).isEqualTo(2);
            assertThat(last(next).getAt()).isEqualTo(NOON.plusSeconds(5));
            assertThat(last(next).getReason()).isEqualTo("worse in segment");
        }

        @Test
        void shouldGiveUpWhenTheVersionIsGone() {
            Episode episode = proving();
            told.retire(2);

            Episode next = after(minutes(3), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.GIVEN_UP);
            assertThat(last(next).getReason()).isEqualTo("v2 was retired");
        }
    }

    @Nested
    class Watching {
        private Episode watching() {
            told.alarm(1, "camera", ALARM);
            told.label(1, 200, 100, NOON, RequestReason.DRIFTED);
            Episode refreshing = after(minutes(1), begun().orElseThrow()).orElseThrow();
            told.publish(
                    2,
                    Map.of(
                            "episode",
                            refreshing.getId(),
                            Promise.TRAFFIC_ACCURACY,
                            "0.95",
                            Promise.TRAFFIC_IMAGES,
                            "20"));
            Episode proving = after(minutes(2), refreshing).orElseThrow();
            return after(minutes(3), proving).orElseThrow();
        }

        @Test
        void shouldEndWhereItIsRightAsOftenAsInItsGate() {
            Episode episode = watching();
            assertThat(episode.getState()).isEqualTo(EpisodeState.WATCHING);
            told.label(2, 29, 25, NOON.plus(minutes(4)), RequestReason.DRIFTED);
            assertThat(after(minutes(5), episode)).as("too few").isEmpty();

            told.label(2, 1, 1, NOON.plus(minutes(5)), RequestReason.DRIFTED);
            Episode next = after(minutes(6), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.RECOVERED);
            assertThat(last(next).getLabels()).isEqualTo(30);
            assertThat(last(next).getAccuracy()).isEqualTo(26 / 30.0);
        }

        /** Of 20 pictures 19 were right, and of labels some are wrong. */
        @Test
        void shouldEndWhereManyLabelsSayThatItIsNearlyAsOftenRight() {
            Episode episode = watching();
            told.label(2, 300, 264, NOON.plus(minutes(4)), RequestReason.DRIFTED);

            assertThat(after(minutes(6), episode).map(Episode::getState)).contains(EpisodeState.ENDED);
        }

        @Test
        void shouldCountOnlyPicturesThatItAnsweredSinceItServes() {
            Episode episode = watching();
            told.label(2, 30, 30, NOON.plus(minutes(2)), RequestReason.DRIFTED);
            told.label(1, 30, 30, NOON.plus(minutes(4)), RequestReason.DRIFTED);
            told.label(2, 30, 30, NOON.plus(minutes(4)), RequestReason.UNSURE);

            assertThat(after(minutes(6), episode)).isEmpty();
        }

        @Test
        void shouldWatchADayWhetherItBecomesBetter() {
            Episode episode = watching();
            told.label(2, 100, 50, NOON.plus(minutes(4)), RequestReason.DRIFTED);

            assertThat(after(Duration.ofHours(23), episode)).isEmpty();
            Episode next = after(Duration.ofHours(25), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.GIVEN_UP);
            assertThat(last(next).getAccuracy()).isEqualTo(0.5);
        }

        @Test
        void shouldEndWhenItWasRolledBack() {
            Episode episode = watching();
            told.pin(1);
            told.decided(2, ExperimentOutcome.ROLLED_BACK);

            Episode next = after(minutes(5), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.REJECTED);
        }

        @Test
        void shouldGiveUpWhenPeopleLetAnotherVersionServe() {
            Episode episode = watching();
            told.publish(3, Map.of());

            Episode next = after(minutes(5), episode).orElseThrow();

            assertThat(next.getState()).isEqualTo(EpisodeState.ENDED);
            assertThat(lastKind(next)).isEqualTo(EpisodeStepKind.GIVEN_UP);
        }
    }

    @Test
    void shouldLookAfterOneEpisodeAtATime() {
        told.alarm(1, "camera", ALARM);
        Episode open = begun().orElseThrow();

        assertThat(after(minutes(1), open)).isEmpty();
        assertThat(steward.open(List.of(ended(NOON, NOON), open))).contains(open);
    }

    @Test
    void shouldLeaveAnEpisodeAloneOfWhoseStateALaterReleaseKnows() {
        told.alarm(1, "camera", ALARM);
        Episode unknown = Episode.newBuilder(begun().orElseThrow())
                .setState(EpisodeState.UNKNOWN)
                .build();

        assertThat(after(Duration.ofDays(9), unknown)).isEmpty();
    }
}
