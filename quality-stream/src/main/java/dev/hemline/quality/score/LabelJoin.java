package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.Evidence;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import dev.hemline.quality.score.EvidenceStore.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings results and labels together, whichever comes first. Every version that answered an event is judged on it once; a
 * label that says otherwise than the one before moves that one count. Of several labels the one found out last stands, and
 * of two found out at the same time the one that came last.
 */
final class LabelJoin {
    /** Nobody asks more versions about one event; were it so, the oldest answers could not be corrected any more. */
    private static final int MAX_ANSWERS = 16;

    private final EvidenceStore evidence;
    private final WaitingLabels waiting;
    private final ConfusionMatrix confusion;
    private final SourceMatrix sources;
    private final ConfidenceMinutes confidences;
    private final ScoreListener listener;

    LabelJoin(
            EvidenceStore evidence,
            WaitingLabels waiting,
            ConfusionMatrix confusion,
            SourceMatrix sources,
            ConfidenceMinutes confidences,
            ScoreListener listener) {
        this.evidence = evidence;
        this.waiting = waiting;
        this.confusion = confusion;
        this.sources = sources;
        this.confidences = confidences;
        this.listener = listener;
    }

    /** A version answered event {@code id}. The label window begins, also anew where another version answers too. */
    List<Score> result(String id, Answer heard, long now) {
        Optional<Known> known = evidence.find(id, now);
        if (known.filter(before ->
                        before.evidence().getAnswers().stream().anyMatch(other -> isSameVersion(other, heard)))
                .isPresent()) {
            listener.repeatedResult();
            return List.of();
        }
        Answer answer = sources.count(notLaterThan(now, heard));
        confidences.add(answer, now);
        listener.answered(answer);
        if (known.isEmpty()) {
            evidence.put(id, new Evidence(List.of(answer), null, null, ""), now);
            return List.of();
        }
        Evidence before = known.get().evidence();
        if (before.getAnswers().isEmpty()) {
            waiting.remove(id, known.get().since());
        }
        evidence.renew(
                id,
                Evidence.newBuilder(before)
                        .setAnswers(plus(before.getAnswers(), answer))
                        .build(),
                known.get().since(),
                now);
        return judgeByEarlyLabel(id, answer, before, now);
    }

    private List<Score> judgeByEarlyLabel(String id, Answer answer, Evidence known, long now) {
        Integer label = known.getLabel();
        Instant labelledAt = known.getLabelledAt();
        if (label == null || labelledAt == null) {
            return List.of();
        }
        if (!canJudge(label, answer)) {
            listener.label(LabelOutcome.INVALID);
            return List.of();
        }
        if (known.getAnswers().isEmpty()) {
            listener.label(LabelOutcome.SCORED);
        }
        return List.of(judge(id, answer, label, labelledAt, known.getLabelledBy(), null, now));
    }

    /** Somebody found out what event {@code id} really shows. */
    List<Score> label(String id, GroundTruth truth, long now) {
        Optional<Known> known = evidence.find(id, now);
        if (known.isEmpty()) {
            evidence.put(id, labelled(List.of(), truth), now);
            listener.label(LabelOutcome.EARLY);
            waiting.add(id, now, this::crowdedOut);
            return List.of();
        }
        Evidence before = known.get().evidence();
        LabelOutcome outcome = outcome(truth, before);
        listener.label(outcome);
        if (outcome == LabelOutcome.INVALID || outcome == LabelOutcome.OUTDATED) {
            return List.of();
        }
        evidence.put(id, labelled(before.getAnswers(), truth), known.get().since());
        return outcome == LabelOutcome.DUPLICATE
                ? List.of()
                : before.getAnswers().stream()
                        .map(answer -> judge(
                                id,
                                answer,
                                truth.getLabel(),
                                truth.getLabelledAt(),
                                truth.getBy(),
                                before.getLabel(),
                                now))
                        .toList();
    }

    private static Evidence labelled(List<Answer> answers, GroundTruth truth) {
        return new Evidence(answers, truth.getLabel(), truth.getLabelledAt(), truth.getBy());
    }

    private void crowdedOut(String id, long since) {
        evidence.forget(id, since);
        listener.label(LabelOutcome.CROWDED_OUT);
    }

    private static LabelOutcome outcome(GroundTruth truth, Evidence known) {
        if (!known.getAnswers().stream().allMatch(answer -> canJudge(truth.getLabel(), answer))) {
            return LabelOutcome.INVALID;
        }
        Integer label = known.getLabel();
        Instant labelledAt = known.getLabelledAt();
        if (label == null || labelledAt == null) {
            return LabelOutcome.SCORED;
        }
        if (truth.getLabelledAt().isBefore(labelledAt)) {
            return LabelOutcome.OUTDATED;
        }
        return Objects.equals(label, truth.getLabel()) ? LabelOutcome.DUPLICATE : LabelOutcome.CHANGED;
    }

    private Score judge(
            String id,
            Answer answer,
            int label,
            Instant labelledAt,
            String by,
            @Nullable Integer labelBefore,
            long now) {
        Integer replaced = canJudge(labelBefore, answer) ? labelBefore : null;
        if (replaced != null) {
            confusion.remove(answer, replaced, now);
        }
        confusion.add(answer, label, now);
        sources.judge(
                answer, label == answer.getPredicted(), replaced == null ? null : replaced == answer.getPredicted());
        long lateness = labelledAt.toEpochMilli() - answer.getClassifiedAt().toEpochMilli();
        Score score = new Score(
                id,
                answer.getModelName(),
                answer.getModelVersion(),
                answer.getPredicted(),
                label,
                answer.getConfidence(),
                lateness,
                replaced,
                answer.getSource(),
                by);
        listener.scored(score);
        return score;
    }

    /** Tells of labels that have waited for a result in vain. */
    void expire(long now) {
        waiting.expire(now, () -> listener.label(LabelOutcome.UNKNOWN));
    }

    /** Only a class that the model knows can be right or wrong. */
    private static boolean canJudge(@Nullable Integer label, Answer answer) {
        return label != null && label < answer.getClasses();
    }

    private static boolean isSameVersion(Answer one, Answer other) {
        return one.getModelVersion() == other.getModelVersion()
                && one.getModelName().equals(other.getModelName());
    }

    private static List<Answer> plus(List<Answer> answers, Answer next) {
        List<Answer> all = new ArrayList<>(answers);
        all.add(next);
        return all.subList(Math.max(0, all.size() - MAX_ANSWERS), all.size());
    }

    /** Clocks differ; a minute that is yet to come would count as one of the last hour's. */
    private static Answer notLaterThan(long now, Answer answer) {
        return answer.getClassifiedAt().toEpochMilli() <= now
                ? answer
                : Answer.newBuilder(answer)
                        .setClassifiedAt(Instant.ofEpochMilli(now))
                        .build();
    }
}
