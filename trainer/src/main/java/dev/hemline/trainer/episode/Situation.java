package dev.hemline.trainer.episode;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.RequestReason;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.quality.drift.ToldDrifts;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.trainer.reservoir.LabelledSample;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a model now.
 *
 * @param drifts what was told of drift, about any version, the newest last
 * @param decisions how comparisons ended, of any of its versions, the newest last
 * @param labelled samples of any of its versions, the oldest label first
 */
public record Situation(
        PublishedVersions model,
        List<Told> drifts,
        List<ExperimentDecision> decisions,
        List<LabelledSample> labelled,
        Instant now) {
    private static final Set<ExperimentOutcome> AGAINST =
            Set.of(ExperimentOutcome.REJECTED, ExperimentOutcome.ROLLED_BACK);

    /** What is right five points less often than promised is so far away by chance in one window of 9,000. */
    private static final double SURELY = 4;

    /** People make mistakes, and pictures are not quite those that a version was validated with. */
    private static final double USUAL = 0.05;

    private static final int FALL_WINDOW = 200;

    Optional<ModelManifest> serving() {
        return model.serving();
    }

    boolean serves(int version) {
        return serving().filter(manifest -> manifest.getVersion() == version).isPresent();
    }

    /** Alarms about pictures of a version that stand, the oldest first. */
    List<Drift> alarms(int version) {
        return drifts.stream()
                .filter(Told::stands)
                .map(Told::alarm)
                .filter(alarm -> alarm.getKind() == DriftKind.PICTURES)
                .filter(alarm ->
                        ToldDrifts.version(alarm).name().equals(model.name()) && alarm.getModelVersion() == version)
                .sorted(Comparator.comparing(Drift::getAt))
                .toList();
    }

    /** What a version answered since then and has a label. */
    List<LabelledSample> answered(int version, Instant since) {
        return labelled.stream()
                .filter(one -> one.sample().getModelVersion() == version)
                .filter(one -> !one.sample().getClassifiedAt().isBefore(since))
                .toList();
    }

    /** The same of those that somebody was asked about: who comes unasked decides neither when there are enough nor which. */
    List<LabelledSample> asked(int version, Instant since) {
        return answered(version, since).stream()
                .filter(one -> one.reason() != null)
                .toList();
    }

    /** The newest labels of what serves, if clearly fewer of them are right than it promised; none otherwise. */
    List<LabelledSample> fallen(ModelManifest serving) {
        List<LabelledSample> all = answered(serving.getVersion(), Instant.EPOCH);
        List<LabelledSample> newest = all.subList(Math.max(0, all.size() - FALL_WINDOW), all.size());
        boolean fallen = newest.size() == FALL_WINDOW && isBroken(Promise.of(serving), right(newest), SURELY);
        return fallen ? newest : List.of();
    }

    /** Whether answers are right less often than promised. */
    static boolean isBroken(Right promise, Right right, double z) {
        return right.isClearlyBelow(promise, USUAL, z);
    }

    /** How often they are right, of those that were not chosen because the version was unsure of them. */
    static Right right(List<LabelledSample> labelled) {
        List<LabelledSample> fair = labelled.stream()
                .filter(one -> one.reason() != RequestReason.UNSURE && one.reason() != RequestReason.OTHER)
                .toList();
        return new Right(
                fair.size(),
                Math.toIntExact(fair.stream().filter(LabelledSample::isRight).count()));
    }

    /** That a version does not serve, or not any more, because it is worse than what it was compared with. */
    Optional<ExperimentDecision> against(int version) {
        return decisions.stream()
                .filter(decision -> decision.getCandidate() == version && AGAINST.contains(decision.getOutcome()))
                .reduce((earlier, later) -> later);
    }
}
