package dev.hemline.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.chaos.ChaosOptions.Design;
import dev.hemline.chaos.check.CheckReport;
import dev.hemline.chaos.experiment.ExperimentReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole attack, short and long: on our classifier, which has to stand it, and on one that loses events, which has to be
 * caught.
 */
class ChaosIT {
    /** Freezes one classifier for longer than its session lasts, and comes to faults of every kind. */
    private static final long ALL_KINDS = 1;
    /** Its first wave kills a classifier and a broker, its second stops a classifier and cuts the other's network. */
    private static final long MANY_KINDS_SOON = 1778;
    /** Its first wave kills one classifier and stops the other, and what they were holding is lost if they lose anything. */
    private static final long ENDS_BOTH = 57;

    @TempDir
    Path folder;

    /** Versions serve when they have won, beside the victims that try them. */
    @Test
    void shouldGiveEveryEventOneRightOutcomeAndEveryComparisonOneEndWhateverIsKilled() throws InterruptedException {
        ChaosOptions options = options(Design.HEMLINE, MANY_KINDS_SOON, Duration.ofSeconds(60));
        options.experiment = true;

        ChaosReport report = attack(options);

        assertStands(report);
        ExperimentReport experiment = Objects.requireNonNull(report.outcomes().experiment());
        assertThat(experiment.allDecisions()).as(report.toString()).isPositive();
        assertThat(experiment.labels()).isPositive();
    }

    @Test
    @Tag("long")
    void shouldGiveEveryEventOneRightOutcomeWhereEveryNewVersionServes() throws InterruptedException {
        ChaosReport report = attack(Design.HEMLINE, MANY_KINDS_SOON, Duration.ofSeconds(60));

        assertStands(report);
        assertThat(report.outcomes().refused()).isNotEmpty();
    }

    @Test
    @Tag("long")
    void shouldGiveEveryEventOneRightOutcomeHoweverLongItIsAttacked() throws InterruptedException {
        assertStands(attack(Design.HEMLINE, ALL_KINDS, Duration.ofMinutes(3)));
    }

    private static void assertStands(ChaosReport report) {
        assertThat(report.recovery().count()).isGreaterThanOrEqualTo(2);
        assertThat(report.notRecovered()).isZero();
        CheckReport outcomes = report.outcomes();
        assertThat(outcomes.results()).isPositive();
        assertThat(outcomes.deadLetters()).isPositive();
        assertThat(outcomes.predicted() + outcomes.poisonAnswered()).isEqualTo(outcomes.results());
        assertThat(report.poison())
                .hasSize(9)
                .allSatisfy((kind, sent) -> assertThat(sent).isPositive());
        assertThat(outcomes.scored()).isPositive();
        assertThat(report.acknowledged()).isPositive();
        assertThat(report.clean()).as(report.toString()).isTrue();
    }

    @Test
    @Tag("long")
    void shouldGiveEveryEventOneRightOutcomeWhereEveryFifthIsPoison() throws InterruptedException {
        ChaosOptions options = options(Design.HEMLINE, ALL_KINDS, Duration.ofMinutes(5));
        options.rate = 50;
        options.poison = 0.2;
        options.noFaults = true;

        ChaosReport report = attack(options);

        assertThat(report.endedByThemselves()).isZero();
        assertThat(report.clean()).as(report.toString()).isTrue();
    }

    @Test
    void shouldCatchAClassifierThatLosesEvents() throws InterruptedException {
        ChaosReport report = attack(Design.NAIVE, ENDS_BOTH, Duration.ofSeconds(10));

        assertThat(report.outcomes().missing()).isPositive();
        assertThat(report.outcomes().results()).isPositive();
        assertThat(report.clean()).isFalse();
    }

    private ChaosReport attack(Design design, long seed, Duration length) throws InterruptedException {
        return attack(options(design, seed, length));
    }

    private static ChaosOptions options(Design design, long seed, Duration length) {
        var options = new ChaosOptions();
        options.seconds = length.toSeconds();
        options.seed = seed;
        // What six processes can do beside other tests on two cores; a backlog is no recovery.
        options.rate = 40;
        options.modelEvery = 4;
        options.design = design;
        return options;
    }

    private ChaosReport attack(ChaosOptions options) throws InterruptedException {
        return new Chaos(options, folder, new ChaosScreen(new PrintWriter(System.out, true, UTF_8)), () -> false).run();
    }
}
