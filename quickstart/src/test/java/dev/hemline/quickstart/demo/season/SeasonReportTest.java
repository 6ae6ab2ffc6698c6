package dev.hemline.quickstart.demo.season;

import static dev.hemline.testbed.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.quickstart.demo.live.AccuracyCourse;
import dev.hemline.quickstart.demo.live.TestCourse;
import dev.hemline.quickstart.demo.season.SeasonReport.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sending begins at noon; pictures change after one minute, and once more after five; after nine all is over. */
class SeasonReportTest {
    private static final Season SEASON = Season.parse("invert,blur", Duration.ofMinutes(9));
    private static final Instant FIRST = NOON.plusSeconds(60);
    private static final Instant SECOND = NOON.plusSeconds(300);
    private static final Instant END = NOON.plusSeconds(540);

    private static final List<VersionAccuracy> VERSIONS = List.of(
            new VersionAccuracy(1, 0.91, Map.of("invert", 0.1)), new VersionAccuracy(2, 0.9, Map.of("invert", 0.8)));

    private final List<Drift> drifts = new ArrayList<>();
    private final List<Episode> episodes = new ArrayList<>();
    private final List<LabelRequest> requests = new ArrayList<>();
    private final List<GroundTruth> labels = new ArrayList<>();
    private final Map<Integer, Instant> firstUsed = new HashMap<>();
    private AccuracyCourse course = TestCourse.of(NOON, END, second -> 0.9);

    @BeforeEach
    void useTheFirstVersion() {
        firstUsed.put(1, NOON);
    }

    private SeasonReport report(Instant ended) {
        return SeasonReport.of(
                SEASON, new Told(NOON, ended, drifts, episodes, requests, labels, firstUsed, course, VERSIONS));
    }

    private void alarm(int version, DriftKind kind, DriftState state, Instant at) {
        drifts.add(Drift.newBuilder()
                .setModelName("fashion-mnist")
                .setModelVersion(version)
                .setSource("demo")
                .setState(state)
                .setKind(kind)
                .setReference(DriftReference.VALIDATION)
                .setSinceId("event-1")
                .setSinceAt(at)
                .setBefore(1_000)
                .setResults(85)
                .setLogEvidence(20)
                .setLogThreshold(15)
                .setStrength(1)
                .setClasses(List.of())
                .setAt(at)
                .build());
    }

    private void alarm(int version, Instant at) {
        alarm(version, DriftKind.PICTURES, DriftState.ALARM, at);
    }

    private static Episode episode(Instant begunAt, EpisodeStep... steps) {
        return episode(1, begunAt, steps);
    }

    private static Episode episode(int version, Instant begunAt, EpisodeStep... steps) {
        return Episode.newBuilder()
                .setId("episode-" + begunAt)
                .setModelName("fashion-mnist")
                .setModelVersion(version)
                .setCause(EpisodeCause.DRIFT)
                .setOnsetAt(begunAt)
                .setBegunAt(begunAt)
                .setLabelsWanted(200)
                .setState(EpisodeState.ENDED)
                .setSteps(List.of(steps))
                .setChangedAt(begunAt)
                .build();
    }

    private static EpisodeStep step(EpisodeStepKind kind, int version, Instant at) {
        return new EpisodeStep(kind, at, version, null, null, "");
    }

    private static LabelRequest request(String id, Instant at) {
        return LabelRequest.newBuilder()
                .setId(id)
                .setSource("demo")
                .setReason(RequestReason.DRIFTED)
                .setModelName("fashion-mnist")
                .setModelVersion(1)
                .setClasses(10)
                .setPredicted(0)
                .setMargin(0.5f)
                .setSamplePartition(0)
                .setSampleOffset(0)
                .setRequestedAt(at)
                .build();
    }

    /** Pictures change; an alarm 5 s later; a refreshed version after 90 s, which serves after 100 s and has most right. */
    private void mendTheFirst() {
        alarm(1, FIRST.plusSeconds(5));
        episodes.add(episode(
                FIRST.plusSeconds(6),
                step(EpisodeStepKind.REFRESHED, 2, FIRST.plusSeconds(90)),
                step(EpisodeStepKind.PROMOTED, 2, FIRST.plusSeconds(102))));
        firstUsed.put(2, FIRST.plusSeconds(100));
        course = TestCourse.of(NOON, END, second -> second < 60 ? 0.9 : second < 160 ? 0.1 : 0.8);
    }

    @Test
    void shouldTellHowAChangeWasMended() {
        mendTheFirst();
        requests.add(request("before", FIRST.minusSeconds(1)));
        requests.add(request("a", FIRST.plusSeconds(10)));
        requests.add(request("b", FIRST.plusSeconds(110)));
        requests.add(request("after", SECOND));
        labels.add(new GroundTruth("a", 1, FIRST.plusSeconds(20), "demo"));
        labels.add(new GroundTruth("b", 1, FIRST.plusSeconds(120), "demo"));

        SeasonEpisode episode = report(END).episodes().get(0);

        assertThat(episode.kind()).isEqualTo("invert");
        assertThat(episode.onsetAt()).isEqualTo(FIRST);
        assertThat(episode.alarmAt()).isEqualTo(FIRST.plusSeconds(5));
        assertThat(episode.eventsToAlarm()).isEqualTo(85);
        assertThat(episode.labelsAsked()).isEqualTo(2);
        assertThat(episode.labelsUsed()).isEqualTo(1);
        assertThat(episode.refreshedAt()).isEqualTo(FIRST.plusSeconds(90));
        assertThat(episode.promotedAt()).isEqualTo(FIRST.plusSeconds(100));
        assertThat(episode.accuracyBefore()).isEqualTo(0.9);
        assertThat(episode.accuracyDuring()).isEqualTo(0.1);
        assertThat(episode.accuracyAfter()).isEqualTo(0.8);
        assertThat(Objects.requireNonNull(episode.recoveredShare())).isCloseTo(0.875, within(1e-9));
        assertThat(episode.secondsToRecover()).isEqualTo(100);
        assertThat(episode.cleanAccuracyBefore()).isEqualTo(0.91);
        assertThat(episode.cleanAccuracyAfter()).isEqualTo(0.9);
        assertThat(report(END).falseAlarms()).isZero();
    }

    @Test
    void shouldTellItInLines() {
        mendTheFirst();

        assertThat(report(END).lines(ZoneOffset.UTC))
                .startsWith(
                        "  invert from 12:01:00 on",
                        "    alarm      +5 s, after 85 results",
                        "    labels     0 asked for, 0 answered before it was mended",
                        "    refreshed  +90 s",
                        "    promoted   +100 s",
                        "    accuracy   90.0 % before, 10.0 % during, 80.0 % after: 87.5 % of the loss is back, after 100 s",
                        "    clean      91.0 % of unchanged pictures before, 90.0 % after",
                        "  blur from 12:05:00 on",
                        "    alarm      none")
                .contains("    promoted   none", "    clean      - of unchanged pictures before, - after")
                .endsWith(
                        "  0 false alarms",
                        "",
                        "  version  unchanged  invert",
                        "  v1          91.0 %  10.0 %",
                        "  v2          90.0 %  80.0 %");
    }

    @Test
    void shouldTellNothingOfWhatDidNotHappen() {
        course = TestCourse.of(NOON, END, second -> second < 300 ? 0.9 : 0.6);

        SeasonEpisode episode = report(END).episodes().get(1);

        assertThat(episode.alarmAt()).isNull();
        assertThat(episode.eventsToAlarm()).isNull();
        assertThat(episode.refreshedAt()).isNull();
        assertThat(episode.promotedAt()).isNull();
        assertThat(episode.accuracyBefore()).isEqualTo(0.9);
        assertThat(episode.accuracyDuring()).isEqualTo(0.6);
        assertThat(episode.accuracyAfter()).isNull();
        assertThat(episode.recoveredShare()).isNull();
        assertThat(episode.secondsToRecover()).isNull();
        assertThat(episode.cleanAccuracyBefore()).isNull();
    }

    @Test
    void shouldTellOfAVersionThatWasRefreshedAndDidNotServe() {
        mendTheFirst();
        episodes.clear();
        episodes.add(episode(
                FIRST.plusSeconds(6),
                step(EpisodeStepKind.REFRESHED, 2, FIRST.plusSeconds(90)),
                step(EpisodeStepKind.REJECTED, 2, FIRST.plusSeconds(120))));

        SeasonEpisode episode = report(END).episodes().get(0);

        assertThat(episode.refreshedAt()).isEqualTo(FIRST.plusSeconds(90));
        assertThat(episode.promotedAt()).isNull();
        assertThat(episode.accuracyAfter()).isNull();
        assertThat(episode.cleanAccuracyAfter()).isEqualTo(0.9);
    }

    @Test
    void shouldCountSecondsUntilMostOfWhatWasLostIsBackAndNotUntilItServes() {
        mendTheFirst();
        course = TestCourse.of(NOON, END, second -> second < 60 ? 0.9 : second < 160 ? 0.1 : second < 200 ? 0.5 : 0.9);

        Double seconds = report(END).episodes().get(0).secondsToRecover();

        // 85 % of 0.8 is back in ten seconds of which seven are right again: 0.1 + 0.68 <= 0.5 + 0.4 * 7 / 10
        assertThat(seconds).isEqualTo(137);
    }

    @Test
    void shouldCallAlarmsFalseThatNoChangeExplains() {
        mendTheFirst();
        alarm(1, FIRST.minusSeconds(1));
        alarm(2, FIRST.plusSeconds(120));
        alarm(2, SECOND.plusSeconds(5));
        alarm(1, DriftKind.MIX, DriftState.ALARM, FIRST.minusSeconds(2));
        alarm(1, DriftKind.PICTURES, DriftState.ALL_CLEAR, FIRST.minusSeconds(2));

        assertThat(report(END).falseAlarms()).isEqualTo(2);
    }

    /** As when somebody presses Ctrl-C. */
    @Test
    void shouldTellOfASeasonThatWasEndedBeforeItsTime() {
        mendTheFirst();

        SeasonEpisode second = report(SECOND.minusSeconds(30)).episodes().get(1);

        assertThat(second.kind()).isEqualTo("blur");
        assertThat(second.accuracyDuring()).isNull();
    }

    @Test
    void shouldTellOfAVersionThatServesOnlyAfterTheNextChange() {
        mendTheFirst();
        firstUsed.put(2, SECOND.plusSeconds(10));

        SeasonEpisode first = report(END).episodes().get(0);

        assertThat(first.promotedAt()).isEqualTo(SECOND.plusSeconds(10));
        assertThat(first.accuracyAfter()).isNull();
    }

    /** The first is refused twice, the second mends, and a third finds nothing more to mend. */
    @Test
    void shouldTellOfTheEpisodeThatMendedWhereThereAreSeveral() {
        mendTheFirst();
        Episode mended = episodes.get(0);
        episodes.clear();
        EpisodeStep refused = step(EpisodeStepKind.REFUSED, 1, FIRST.plusSeconds(20));
        episodes.add(episode(FIRST.plusSeconds(5), refused, refused, refused));
        episodes.add(mended);
        episodes.add(episode(2, FIRST.plusSeconds(150), refused, refused, refused, refused));

        SeasonEpisode told = report(END).episodes().get(0);

        assertThat(told.promotedAt()).isEqualTo(FIRST.plusSeconds(100));
        assertThat(told.cleanAccuracyBefore()).isEqualTo(0.91);
    }

    @Test
    void shouldCountAnEventOnceHoweverOftenItIsAskedForAndLabelled() {
        mendTheFirst();
        requests.add(request("a", FIRST.plusSeconds(10)));
        requests.add(request("a", FIRST.plusSeconds(12)));
        labels.add(new GroundTruth("a", 1, FIRST.plusSeconds(20), "demo"));
        labels.add(new GroundTruth("a", 1, FIRST.plusSeconds(21), "demo"));
        labels.add(new GroundTruth("asked for before", 1, FIRST.plusSeconds(1), "demo"));

        SeasonEpisode told = report(END).episodes().get(0);

        assertThat(told.labelsAsked()).isEqualTo(1);
        assertThat(told.labelsUsed()).isEqualTo(1);
    }

    /** The report is made some seconds after the last result. */
    @Test
    void shouldTakeTenSecondsOfResultsForRecovery() {
        mendTheFirst();
        course = TestCourse.of(NOON, FIRST.plusSeconds(160), second -> second < 60 ? 0.9 : second < 215 ? 0.1 : 0.9);

        assertThat(report(END).episodes().get(0).secondsToRecover()).isNull();
    }
}
