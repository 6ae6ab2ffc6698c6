package dev.hemline.control.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ServingPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutStepTest {
    private static final Instant SAID = Instant.ofEpochSecond(1_000);

    private final Topic topic = new Topic()
            .version("m", 1)
            .version("m", 2)
            .version("m", 3)
            .policy("m", ServingPolicy.CHALLENGER, SAID)
            .alias("m", "serving", 2);
    private final List<ExperimentDecision> decisions = new ArrayList<>();
    private final Map<Integer, String> refusals = new HashMap<>();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    @BeforeEach
    void initialize() {
        producer.initTransactions();
    }

    private Optional<RolloutStep> next() {
        return RolloutStep.next(
                topic.choose(Optional.of("m")), decisions, version -> Optional.ofNullable(refusals.get(version)));
    }

    /** Takes the next step, and puts what it writes on the topic. */
    private void step() {
        var admin = new ModelAdmin(topic.choose(Optional.of("m")), producer, Optional.empty(), RolloutStep.WHO);
        next().orElseThrow().action().accept(admin);
        producer.history().forEach(event -> topic.put(event.key(), event.value()));
        producer.clear();
    }

    private void decided(ExperimentPhase phase, int candidate, int incumbent, ExperimentOutcome outcome) {
        decisions.add(new ExperimentDecision(
                "m",
                candidate,
                incumbent,
                phase,
                outcome,
                ExperimentReason.BETTER,
                null,
                3.2,
                0.05,
                0d,
                0.1,
                40L,
                9L,
                151L,
                List.of(),
                List.of(),
                List.of(),
                SAID));
    }

    private Optional<Integer> serving() {
        return topic.choose(Optional.of("m")).pin().map(ModelAlias::getVersion);
    }

    private Optional<Integer> challenger() {
        return topic.choose(Optional.of("m")).challenger().map(ModelAlias::getVersion);
    }

    @Test
    void shouldLetTheNewestVersionChallengeWhatServes() {
        step();

        assertThat(challenger()).contains(3);
        assertThat(next()).as("labels are waited for").isEmpty();
    }

    @Test
    void shouldLetAVersionServeThatHasWonAndBeShadowedByTheOneBefore() {
        step();
        decided(ExperimentPhase.TRIAL, 3, 2, ExperimentOutcome.PROMOTED);
        step();

        assertThat(serving()).contains(3);
        assertThat(challenger()).contains(2);
        assertThat(topic.choose(Optional.of("m")).pin().map(ModelAlias::getReason))
                .hasValue(
                        "v3 was promoted against v2, better: 200 labels, the one that shadowed alone right in 40, the one"
                                + " that served in 9; e-value 24.5");
        assertThat(next()).as("a probation").isEmpty();
    }

    @Test
    void shouldTakeAVersionBackThatFailsItsProbationAndNotTryItAgain() {
        step();
        decided(ExperimentPhase.TRIAL, 3, 2, ExperimentOutcome.PROMOTED);
        step();
        decided(ExperimentPhase.PROBATION, 3, 2, ExperimentOutcome.ROLLED_BACK);
        step();

        assertThat(serving()).contains(2);
        assertThat(challenger()).isEmpty();
        assertThat(next()).isEmpty();

        topic.version("m", 4);
        step();
        assertThat(challenger()).contains(4);
    }

    @Test
    void shouldLetAVersionServeOnAfterItsProbation() {
        step();
        decided(ExperimentPhase.TRIAL, 3, 2, ExperimentOutcome.PROMOTED);
        step();
        decided(ExperimentPhase.PROBATION, 3, 2, ExperimentOutcome.CONFIRMED);
        step();

        assertThat(serving()).contains(3);
        assertThat(challenger()).isEmpty();
        assertThat(next()).isEmpty();
    }

    @Test
    void shouldNotTryAVersionAgainThatWasRejected() {
        step();
        decided(ExperimentPhase.TRIAL, 3, 2, ExperimentOutcome.REJECTED);
        step();

        assertThat(serving()).contains(2);
        assertThat(challenger()).isEmpty();
        assertThat(next()).isEmpty();
    }

    @Test
    void shouldNotServeAgainWhatWasTakenBackForThatItHadWonBefore() {
        decided(ExperimentPhase.TRIAL, 3, 2, ExperimentOutcome.PROMOTED);
        decided(ExperimentPhase.PROBATION, 3, 2, ExperimentOutcome.ROLLED_BACK);
        topic.alias("m", "challenger", 3);
        step();

        assertThat(serving()).contains(2);
        assertThat(challenger()).isEmpty();
    }

    @Test
    void shouldDoNothingWhereAnotherPolicyHolds() {
        topic.policy("m", ServingPolicy.MANUAL, SAID);
        assertThat(next()).isEmpty();

        topic.policy("m", ServingPolicy.IMMEDIATE, SAID);
        assertThat(next()).isEmpty();

        topic.policy("m", ServingPolicy.UNKNOWN, SAID);
        assertThat(next()).as("a later release's").isEmpty();
    }

    @Test
    void shouldLeaveWhatAPersonHasPinnedSince() {
        topic.alias("m", "serving", 1, "somebody", SAID.plusSeconds(1));
        assertThat(next()).isEmpty();

        topic.policy("m", ServingPolicy.CHALLENGER, SAID.plusSeconds(2));
        assertThat(next().orElseThrow().said()).isEqualTo("v3 challenges v1");
    }

    @Test
    void shouldTakeBackWhatAPersonPromotedAndDidNotPassItsProbation() {
        // Given a promotion by hand: both said at one time
        topic.alias("m", "serving", 3, "somebody", SAID.plusSeconds(1));
        topic.alias("m", "challenger", 2, "somebody", SAID.plusSeconds(1));
        assertThat(next()).as("labels are waited for").isEmpty();

        // When it turns out to be worse, then what served before serves, and the other is not tried again
        decided(ExperimentPhase.PROBATION, 3, 2, ExperimentOutcome.ROLLED_BACK);
        step();
        assertThat(serving()).contains(2);
        assertThat(challenger()).isEmpty();
        assertThat(next()).isEmpty();
    }

    @Test
    void shouldNotWaitForLabelsOfAVersionThatCannotAnswer() {
        step();
        assertThat(challenger()).contains(3);

        refusals.put(3, "m v3 was refused (golden-batch): other answers than its own");
        step();

        assertThat(challenger()).isEmpty();
        assertThat(next())
                .as("there is no other that is newer than what serves")
                .isEmpty();
    }

    @Test
    void shouldTakeEachStepInOneTransaction() {
        step();
        decided(ExperimentPhase.TRIAL, 3, 2, ExperimentOutcome.PROMOTED);
        step();

        assertThat(producer.commitCount()).isEqualTo(2);
    }
}
