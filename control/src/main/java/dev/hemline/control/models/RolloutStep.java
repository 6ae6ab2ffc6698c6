package dev.hemline.control.models;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.DecisionText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What has to be done next so that a new version serves when it has won, and no sooner. It follows from what stands on the topics
 * alone, so whoever looks comes to the same, and a step that was taken is not there to be taken again.
 *
 * @param said what it is, for people, as the end of a sentence
 */
record RolloutStep(String said, Consumer<ModelAdmin> action) {
    static final String WHO = "hemline referee";

    /**
     * Empty while there is nothing to do: labels are waited for, or people decide.
     *
     * @param refusal why a version must not answer, in a sentence; empty for one that nobody has found fault with
     */
    static Optional<RolloutStep> next(
            PublishedVersions model, List<ExperimentDecision> decisions, IntFunction<Optional<String>> refusal) {
        Optional<Integer> serving = model.serving().map(ModelManifest::getVersion);
        if (model.servingPolicy() != ServingPolicy.CHALLENGER || serving.isEmpty() || isHeld(model)) {
            return Optional.empty();
        }
        int champion = serving.get();
        Optional<Integer> challenger = model.shadowing().map(ModelAlias::getVersion);
        return challenger.isPresent()
                ? refused(champion, challenger.get(), refusal)
                        .or(() -> carriedOut(champion, challenger.get(), decisions))
                : newest(model, champion, decisions, refusal);
    }

    /** What a person pinned since the policy was said stands until it is said again; what one promoted is on probation. */
    private static boolean isHeld(PublishedVersions model) {
        Instant said = model.policy().map(ModelPolicy::getSetAt).orElse(Instant.MIN);
        return model.pin()
                .filter(pin -> !pin.getSetBy().equals(WHO) && pin.getSetAt().isAfter(said) && !isPromoted(pin, model))
                .isPresent();
    }

    /** In one step with what shadows it. */
    private static boolean isPromoted(ModelAlias pin, PublishedVersions model) {
        return model.challenger()
                .filter(shadowing -> shadowing.getSetAt().equals(pin.getSetAt()))
                .isPresent();
    }

    /** It will never get a label. */
    private static Optional<RolloutStep> refused(int champion, int challenger, IntFunction<Optional<String>> refusal) {
        return refusal.apply(challenger)
                .map(why -> new RolloutStep("v" + champion + " serves on: " + why, admin -> admin.reject(why)));
    }

    private static Optional<RolloutStep> carriedOut(int champion, int challenger, List<ExperimentDecision> decisions) {
        Optional<ExperimentDecision> takenBack = decided(ExperimentPhase.PROBATION, challenger, champion, decisions)
                .filter(decision -> decision.getOutcome() == ExperimentOutcome.ROLLED_BACK);
        if (takenBack.isPresent()) {
            // It had won once; that was before.
            return Optional.of(new RolloutStep(
                    "v" + champion + " serves on: " + DecisionText.of(takenBack.get()),
                    admin -> admin.reject(DecisionText.of(takenBack.get()))));
        }
        return decided(ExperimentPhase.PROBATION, champion, challenger, decisions)
                .or(() -> decided(ExperimentPhase.TRIAL, challenger, champion, decisions))
                .flatMap(decision -> of(decision, champion, challenger));
    }

    private static Optional<ExperimentDecision> decided(
            ExperimentPhase phase, int candidate, int incumbent, List<ExperimentDecision> decisions) {
        return decisions.stream()
                .filter(decision -> decision.getPhase() == phase
                        && decision.getCandidate() == candidate
                        && decision.getIncumbent() == incumbent)
                .findFirst();
    }

    private static Optional<RolloutStep> of(ExperimentDecision decision, int champion, int challenger) {
        String reason = DecisionText.of(decision);
        return switch (decision.getOutcome()) {
            case PROMOTED ->
                Optional.of(new RolloutStep(
                        "v" + challenger + " serves, and v" + champion + " shadows it: " + reason,
                        admin -> admin.swap(challenger, champion, reason)));
            case ROLLED_BACK ->
                Optional.of(new RolloutStep(
                        "v" + challenger + " serves again: " + reason, admin -> admin.promote(challenger, reason)));
            case REJECTED, CONFIRMED ->
                Optional.of(new RolloutStep("v" + champion + " serves on: " + reason, admin -> admin.reject(reason)));
            // A later release's; people will see to it.
            case UNKNOWN -> Optional.empty();
        };
    }

    /** The newest one that can be tried and has not been, against what serves; what was promoted once and taken back has been. */
    private static Optional<RolloutStep> newest(
            PublishedVersions model,
            int champion,
            List<ExperimentDecision> decisions,
            IntFunction<Optional<String>> refusal) {
        return model.versions().tailMap(champion, false).descendingKeySet().stream()
                .filter(version -> refusal.apply(version).isEmpty())
                .filter(version -> decided(ExperimentPhase.TRIAL, version, champion, decisions)
                        .or(() -> decided(ExperimentPhase.PROBATION, version, champion, decisions))
                        .isEmpty())
                .findFirst()
                .map(version -> new RolloutStep(
                        "v" + version + " challenges v" + champion,
                        admin -> admin.challenge(version, "it is newer than what serves")));
    }
}
