package dev.hemline.quality.referee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hemline.event.Classification;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.LabellerCounts;
import dev.hemline.event.Score;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.PairedCounts;
import dev.hemline.service.AbsurdRecords;
import dev.hemline.service.StandingText;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefereeTopologyTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Design DESIGN = new Design(0.05, 0, 0.1, 20, 2_000, Tally.MOST_SEGMENTS);
    private static final int PROBATION = 40;
    private static final Duration TIME_LIMIT = Duration.ofMinutes(10);
    private static final int QUOTA = 400;
    private static final Duration BETWEEN_TELLINGS = Duration.ofSeconds(5);
    private static final int PARTITIONS = 4;
    private static final int CHAMPION = 12;
    private static final int CHALLENGER = 13;
    private static final int CLASSES = 10;
    private static final Pairing PAIRING = new Pairing("fashion-mnist", CHAMPION, CHALLENGER);

    @TempDir
    Path folder;

    private final Heard heard = new Heard();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> shadows;
    private TestInputTopic<byte[], byte[]> scores;
    private TestInputTopic<byte[], byte[]> countsIn;
    private TestOutputTopic<String, ExperimentCounts> counts;
    private TestOutputTopic<String, ExperimentDecision> decisions;
    private TestOutputTopic<String, ExperimentStanding> standings;
    private @Nullable Challenge challenge;
    private int sent;

    @BeforeEach
    void open() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(
                RefereeTopology.build(
                        WINDOW,
                        PARTITIONS,
                        new Rules(DESIGN, DESIGN.endingAfter(PROBATION), TIME_LIMIT, QUOTA),
                        () -> Optional.ofNullable(challenge),
                        labeller -> !labeller.equals("liar"),
                        heard,
                        EventFormats.DEFAULT,
                        WriterSchemas.NONE),
                settings,
                NOON);
        shadows = input(Topics.SHADOW_CLASSIFICATIONS);
        scores = input(Topics.SCORES);
        countsIn = input(Topics.EXPERIMENT_COUNTS);
        counts = output(Topics.EXPERIMENT_COUNTS);
        decisions = output(Topics.EXPERIMENT_DECISIONS);
        standings = output(Topics.EXPERIMENTS);
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?, ?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private <V> TestOutputTopic<String, V> output(Topic<String, V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                topic.keySerde().deserializer(),
                topic.valueSerde().deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void shadow(String id, int version, int label) {
        var result = new Classification(
                id,
                "dock",
                label,
                "class " + label,
                0.75f,
                Collections.nCopies(CLASSES, 0.1f),
                "fashion-mnist",
                version,
                "0123456789ab",
                NOON,
                NOON,
                false);
        shadows.pipeInput(
                id.getBytes(UTF_8),
                Topics.SHADOW_CLASSIFICATIONS.valueSerde().serializer().serialize("", result));
    }

    private void score(String id, int version, int predicted, int actual) {
        score(id, version, predicted, actual, "it");
    }

    private void score(String id, int version, int predicted, int actual, String by) {
        var score = new Score(id, "fashion-mnist", version, predicted, actual, 0.75f, 5_000L, null, "dock", by);
        scores.pipeInput(
                id.getBytes(UTF_8), Topics.SCORES.valueSerde().serializer().serialize("", score));
    }

    /** So many labelled events of both, in which one alone is right. */
    private void disagree(int events, int champion, int challenger, boolean challengerRight) {
        for (int i = 0; i < events; i++) {
            String id = "event-" + sent++;
            score(id, champion, challengerRight ? 1 : 7, 7);
            shadow(id, challenger, challengerRight ? 7 : 1);
        }
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    private ExperimentCounts told() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        List<ExperimentCounts> all = counts.readValuesToList();
        return all.get(all.size() - 1);
    }

    @Test
    void shouldCompareWhateverComesFirst() {
        shadow("a", CHALLENGER, 7);
        score("a", CHAMPION, 1, 7);
        score("b", CHAMPION, 7, 7);
        shadow("b", CHALLENGER, 1);
        score("never answered by both", CHAMPION, 7, 7);

        ExperimentCounts told = told();

        assertThat(told.getChampion()).isEqualTo(CHAMPION);
        assertThat(told.getChallenger()).isEqualTo(CHALLENGER);
        assertThat(Tally.of(told).all()).isEqualTo(new PairedCounts(1, 1, 0));
    }

    @Test
    void shouldCountEachEventOnceAndAsTheNewestLabelSays() {
        shadow("a", CHALLENGER, 7);
        shadow("a", CHALLENGER, 7);
        score("a", CHAMPION, 1, 7);
        score("a", CHAMPION, 1, 1);
        score("a", CHAMPION, 1, 1);

        assertThat(Tally.of(told()).all()).isEqualTo(new PairedCounts(0, 1, 0));
    }

    @Test
    void shouldCountNoLabelOfWhomNobodyBelieves() {
        shadow("a", CHALLENGER, 7);
        score("a", CHAMPION, 7, 1, "liar");
        score("b", CHAMPION, 7, 7, "ann");
        shadow("b", CHALLENGER, 7);

        assertThat(Tally.of(told()).all().labels()).isEqualTo(1);
        assertThat(heard.notBelieved).isEqualTo(1);
    }

    @Test
    void shouldCountWhatOthersSaidWhereSomebodyWhomNobodyBelievesSaysOtherwiseLater() {
        shadow("a", CHALLENGER, 7);
        score("a", CHAMPION, 7, 7, "ann");
        score("a", CHAMPION, 7, 1, "liar");
        score("b", CHAMPION, 7, 7, "ann");
        score("b", CHAMPION, 7, 1, "liar");
        shadow("b", CHALLENGER, 7);

        assertThat(Tally.of(told()).all()).isEqualTo(new PairedCounts(0, 0, 2));
        assertThat(heard.notBelieved).isEqualTo(2);
    }

    @Test
    void shouldCountSoManyLabelsOfOneAndNoMore() {
        // Given somebody who has labelled as much as counts in a partition
        int quota = QUOTA / PARTITIONS;
        for (int i = 0; i < quota + 10; i++) {
            score("event-" + i, CHAMPION, 7, 7, "ann");
            shadow("event-" + i, CHALLENGER, 7);
        }
        assertThat(heard.overQuota).isEqualTo(10);

        // When somebody else corrects one that counted, and one that did not
        score("event-0", CHAMPION, 7, 1, "bob");
        score("event-" + (quota + 1), CHAMPION, 7, 1, "bob");

        // Then theirs count, and not one of the first's more
        ExperimentCounts told = told();
        assertThat(told.getLabellers())
                .extracting(LabellerCounts::getBy, LabellerCounts::getLabels)
                .containsExactly(tuple("ann", quota - 1L), tuple("bob", 2L));
        assertThat(Tally.of(told).all()).isEqualTo(new PairedCounts(0, 0, quota + 1));
    }

    @Test
    void shouldForgetEventsAfterTheWindow() {
        shadow("a", CHALLENGER, 7);
        driver.advanceWallClockTime(WINDOW.plusMinutes(1));
        score("a", CHAMPION, 1, 7);
        shadow("b", CHALLENGER, 7);
        score("b", CHAMPION, 7, 7);

        assertThat(Tally.of(told()).all()).isEqualTo(new PairedCounts(0, 0, 1));
    }

    @Test
    void shouldDecideOnce() {
        disagree(30, CHAMPION, CHALLENGER, true);
        disagree(30, CHAMPION, CHALLENGER, true);

        List<ExperimentDecision> told = decisions.readValuesToList();

        assertThat(told).hasSize(1);
        ExperimentDecision decision = told.get(0);
        assertThat(decision.getOutcome()).isEqualTo(ExperimentOutcome.PROMOTED);
        assertThat(decision.getPhase()).isEqualTo(ExperimentPhase.TRIAL);
        assertThat(decision.getCandidate()).isEqualTo(CHALLENGER);
        assertThat(decision.getIncumbent()).isEqualTo(CHAMPION);
        assertThat(decision.getChallengerAlone()).isEqualTo(30);
        assertThat(decision.getDisagreements())
                .singleElement()
                .satisfies(kind -> assertThat(kind.getEvents()).isEqualTo(30));
        assertThat(heard.decided).containsExactly(decision);
    }

    @Test
    void shouldRejectWhatIsWorse() {
        disagree(30, CHAMPION, CHALLENGER, false);

        assertThat(decisions.readValuesToList())
                .extracting(ExperimentDecision::getOutcome)
                .containsExactly(ExperimentOutcome.REJECTED);
    }

    @Test
    void shouldTakeAPromotedVersionBackThatTurnsOutToBeWorse() {
        // Given a promotion, after which the two have changed places
        disagree(30, CHAMPION, CHALLENGER, true);
        decisions.readValuesToList();

        // When what shadows now is right and what serves is not
        disagree(30, /* champion= */ CHALLENGER, /* challenger= */ CHAMPION, true);

        // Then the promoted version is the candidate of a probation, and does not pass
        ExperimentDecision decision = decisions.readValue();
        assertThat(decision.getPhase()).isEqualTo(ExperimentPhase.PROBATION);
        assertThat(decision.getCandidate()).isEqualTo(CHALLENGER);
        assertThat(decision.getIncumbent()).isEqualTo(CHAMPION);
        assertThat(decision.getOutcome()).isEqualTo(ExperimentOutcome.ROLLED_BACK);
        assertThat(decisions.isEmpty()).isTrue();
    }

    @Test
    void shouldConfirmAPromotedVersionWhereNothingSpeaksAgainstIt() {
        disagree(30, CHAMPION, CHALLENGER, true);
        decisions.readValuesToList();

        disagree(PROBATION, /* champion= */ CHALLENGER, /* challenger= */ CHAMPION, false);

        ExperimentDecision decision = decisions.readValue();
        assertThat(decision.getPhase()).isEqualTo(ExperimentPhase.PROBATION);
        assertThat(decision.getOutcome()).isEqualTo(ExperimentOutcome.CONFIRMED);
        assertThat(decision.getCandidate()).isEqualTo(CHALLENGER);
    }

    @Test
    void shouldAddPartitionsUp() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Tally tally = new Tally();
            for (int i = 0; i < 6; i++) {
                tally.add(new Tally.Answers(7, "dock", 1, 7, "it"));
            }
            ExperimentCounts told = tally.written(new Pairing("fashion-mnist", CHAMPION, CHALLENGER), partition);
            byte[] value = Topics.EXPERIMENT_COUNTS.valueSerde().serializer().serialize("", told);
            // Told again after a crash, it is the same.
            countsIn.pipeInput(new byte[] {1}, value);
            countsIn.pipeInput(new byte[] {1}, value);
        }

        driver.advanceWallClockTime(BETWEEN_TELLINGS);
        assertThat(heard.stands)
                .hasEntrySatisfying(
                        PAIRING,
                        standing -> assertThat(standing.getChallengerAlone()).isEqualTo(24));
        assertThat(decisions.readValuesToList())
                .extracting(ExperimentDecision::getChallengerAlone)
                .containsExactly(24L);
    }

    @Test
    void shouldGoOnWhateverIsOnItsTopics() {
        var absurd = new AbsurdRecords(3, 500);
        for (int i = 0; i < 1_000; i++) {
            shadows.pipeInput(absurd.key(), absurd.value(List.of(Classification.getClassSchema())));
            scores.pipeInput(absurd.key(), absurd.value(List.of(Score.getClassSchema())));
            countsIn.pipeInput(absurd.key(), absurd.value(List.of(ExperimentCounts.getClassSchema())));
        }
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        decisions.readValuesToList();
        assertThat(heard.passedOver).isNotEmpty();
        assertThat(heard.failures).isEmpty();

        disagree(30, CHAMPION, CHALLENGER, true);

        assertThat(decisions.readValuesToList())
                .extracting(ExperimentDecision::getCandidate)
                .contains(CHALLENGER);
    }

    private ExperimentStanding standing() {
        driver.advanceWallClockTime(BETWEEN_TELLINGS);
        List<ExperimentStanding> all = standings.readValuesToList();
        return all.get(all.size() - 1);
    }

    @Test
    void shouldSayWhatIsWaitedForBeforeTheFirstLabelComes() {
        challenge = new Challenge(PAIRING, NOON);

        ExperimentStanding standing = standing();

        assertThat(standing.getPhase()).isEqualTo(ExperimentPhase.TRIAL);
        assertThat(standing.getBegunAt()).isEqualTo(NOON);
        assertThat(standing.getEndsAt()).isEqualTo(NOON.plus(TIME_LIMIT));
        assertThat(StandingText.of(standing))
                .isEqualTo(
                        "v13 beside v12: 0 labels, it alone right in 0, the one that serves in 0; it waits for labels"
                                + " (0 of 20), evidence (e-value 1.00 of 20.0)");
    }

    @Test
    void shouldSayWhichClassIsWaitedFor() {
        // Given one that is better in all but a class of few labels
        disagree(30, CHAMPION, CHALLENGER, true);
        decisions.readValuesToList();
        Pairing next = new Pairing("fashion-mnist", CHAMPION, 14);
        challenge = new Challenge(next, NOON);
        for (int i = 0; i < 40; i++) {
            String id = "next-" + i;
            int actual = i < 35 ? 7 : 3;
            score(id, CHAMPION, i % 4 == 0 ? 1 : actual, actual);
            shadow(id, 14, actual);
        }
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        ExperimentStanding standing = standing();

        assertThat(decisions.isEmpty()).isTrue();
        assertThat(standing.getOutcome()).isNull();
        assertThat(StandingText.waitsFor(standing))
                .singleElement()
                .asString()
                .startsWith("proof for class 3 (e-value ");
    }

    @Test
    void shouldEndAfterTheTimeLimitThoughNoLabelsCome() {
        challenge = new Challenge(PAIRING, NOON);
        driver.advanceWallClockTime(TIME_LIMIT.minusSeconds(10));
        assertThat(decisions.isEmpty()).isTrue();

        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(decisions.readValuesToList()).singleElement().satisfies(decision -> {
            assertThat(decision.getOutcome()).isEqualTo(ExperimentOutcome.REJECTED);
            assertThat(decision.getReason()).isEqualTo(ExperimentReason.OUT_OF_TIME);
            assertThat(decision.getCandidate()).isEqualTo(CHALLENGER);
        });
        assertThat(standings.readValuesToList())
                .last()
                .extracting(ExperimentStanding::getOutcome)
                .isEqualTo(ExperimentOutcome.REJECTED);
    }

    @Test
    void shouldConfirmAPromotedVersionAfterTheTimeLimit() {
        disagree(30, CHAMPION, CHALLENGER, true);
        decisions.readValuesToList();
        challenge = new Challenge(
                new Pairing("fashion-mnist", /* champion= */ CHALLENGER, /* challenger= */ CHAMPION),
                NOON.plusSeconds(10));

        driver.advanceWallClockTime(TIME_LIMIT.plusSeconds(20));

        assertThat(decisions.readValuesToList()).singleElement().satisfies(decision -> {
            assertThat(decision.getOutcome()).isEqualTo(ExperimentOutcome.CONFIRMED);
            assertThat(decision.getReason()).isEqualTo(ExperimentReason.OUT_OF_TIME);
            assertThat(decision.getCandidate()).isEqualTo(CHALLENGER);
        });
    }

    private static final class Heard implements RefereeListener {
        final Map<Pairing, ExperimentStanding> stands = new HashMap<>();
        final List<ExperimentDecision> decided = new ArrayList<>();
        int overQuota;
        int notBelieved;
        final List<String> passedOver = new ArrayList<>();
        final List<RuntimeException> failures = new ArrayList<>();

        @Override
        public void stands(Pairing pairing, ExperimentStanding standing) {
            stands.put(pairing, standing);
        }

        @Override
        public void decided(ExperimentDecision decision) {
            decided.add(decision);
        }

        @Override
        public void notBelieved() {
            notBelieved++;
        }

        @Override
        public void overQuota() {
            overQuota++;
        }

        @Override
        public void passedOver(String topic, String why) {
            passedOver.add(topic + ": " + why);
        }

        @Override
        public void failed(String step, RuntimeException failure) {
            failures.add(failure);
        }

        @Override
        public void left() {
            stands.clear();
        }
    }
}
