package dev.hemline.topic;

import dev.hemline.event.Classification;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Labeller;
import dev.hemline.event.ModelStatus;
import dev.hemline.event.Sample;
import dev.hemline.event.TrainingRequest;
import dev.hemline.event.UnprovedSegment;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * What an event has to be, beside decodable, before it counts for anything. Whoever may write to a topic may write what no
 * program of ours would; readers pass that over and count it. Each check gives what is wrong and what would be right as the end
 * of a sentence, without a word of the event's own; empty where nothing is.
 */
public final class EventChecks {
    /** The longest id and the longest name of a source: what is kept by id for a day must not be as large as a record. */
    public static final int MAX_NAME_CHARS = 1024;
    /** The longest id of a request: many of them stand in one manifest. */
    public static final int MAX_REQUEST_ID_CHARS = 100;

    /** The longest address of a picture; what stores sign with a session of theirs takes some 2,000. */
    public static final int MAX_URL_CHARS = 8192;

    /** Texts that are kept for people. */
    private static final int MAX_TEXT_CHARS = 10_000;

    private static final long MOST_LABELS = 1L << 40;

    private static final int MOST_CLASSES = 100_000;

    private static final int MOST_STEPS = 1_000;

    /** Between these no difference of two times is too large to count with. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private EventChecks() {}

    public static Optional<String> fault(Classification result) {
        int classes = result.getProbabilities().size();
        if (result.getLabel() < 0 || result.getLabel() >= classes) {
            return Optional.of(
                    "its label is " + result.getLabel() + ", and it has probabilities of " + classes + " classes");
        }
        float confidence = result.getConfidence();
        if (!(confidence >= 0 && confidence <= 1 + 1e-3)) {
            return Optional.of("its confidence is " + confidence + "; it is 0 to 1");
        }
        return idFault(result.getId())
                .or(() -> sourceFault(result.getSource()))
                .or(() -> versionFault(result.getModelName(), result.getModelVersion()))
                .or(() -> timeFault("classifiedAt", result.getClassifiedAt()));
    }

    /** Whether the model that it is about has such a class, nobody knows yet. */
    public static Optional<String> fault(GroundTruth truth) {
        if (truth.getLabel() < 0) {
            return Optional.of("its label is " + truth.getLabel() + "; classes are counted from 0");
        }
        return idFault(truth.getId()).or(() -> timeFault("labelledAt", truth.getLabelledAt()));
    }

    /** Whether its pixels are as many as the model takes, nobody knows here. */
    public static Optional<String> fault(Sample sample) {
        int classes = sample.getProbabilities().size();
        if (classes < 1 || classes > MOST_CLASSES) {
            return Optional.of("it has probabilities of " + classes + " classes");
        }
        if (!sample.getProbabilities().stream().allMatch(probability -> probability >= 0 && probability <= 1.001f)) {
            return Optional.of("its probabilities are not all 0 to 1");
        }
        if (!(sample.getShare() > 0 && sample.getShare() <= 1)) {
            return Optional.of("its share is " + sample.getShare() + "; it is above 0 and at most 1");
        }
        return idFault(sample.getId())
                .or(() -> sourceFault(sample.getSource()))
                .or(() -> versionFault(sample.getModelName(), sample.getModelVersion()));
    }

    public static Optional<String> fault(ModelStatus status) {
        return idFault(status.getInstance())
                .or(() -> idFault(status.getApplicationId()))
                .or(() -> versionFault(status.getModel(), status.getVersion()))
                .or(() -> timeFault("at", status.getAt()))
                .or(() -> timeFault("since", status.getSince()));
    }

    public static Optional<String> fault(TrainingRequest request) {
        String id = request.getId();
        if (id.isBlank() || id.length() > MAX_REQUEST_ID_CHARS || id.indexOf(',') >= 0) {
            return Optional.of("its id has " + id.length() + " characters or a comma; an id is 1 to "
                    + MAX_REQUEST_ID_CHARS + " characters without");
        }
        return request.getReason().length() > MAX_TEXT_CHARS
                        || request.getRequestedBy().length() > MAX_TEXT_CHARS
                ? Optional.of("its reason or requestedBy is longer than " + MAX_TEXT_CHARS + " characters")
                : Optional.empty();
    }

    public static Optional<String> fault(ExperimentStanding standing) {
        boolean counted = LongStream.of(standing.getChallengerAlone(), standing.getChampionAlone(), standing.getAlike())
                .allMatch(events -> events >= 0 && events <= MOST_LABELS);
        if (!counted) {
            return Optional.of("it counts more labels than anybody has, or fewer than none");
        }
        boolean finite = DoubleStream.concat(
                        DoubleStream.of(
                                standing.getLogEValue(),
                                standing.getLogEValueNeeded(),
                                standing.getLogEValueAgainst(),
                                standing.getLogEValueAgainstNeeded()),
                        standing.getUnproved().stream().mapToDouble(UnprovedSegment::getLogEValue))
                .allMatch(Double::isFinite);
        if (!finite) {
            return Optional.of("one of its e-values is no number");
        }
        return versionFault(standing.getModelName(), standing.getChampion())
                .or(() -> versionFault(standing.getModelName(), standing.getChallenger()))
                .or(() -> timeFault("lookedAt", standing.getLookedAt()));
    }

    public static Optional<String> fault(Episode episode) {
        if (episode.getSteps().size() > MOST_STEPS) {
            return Optional.of(
                    "it has " + episode.getSteps().size() + " steps, and at most " + MOST_STEPS + " are accepted");
        }
        if (!episode.getSteps().stream().allMatch(EventChecks::isCounted)) {
            return Optional.of("one of its steps is of fewer labels than none, or its accuracy is not 0 to 1");
        }
        return idFault(episode.getId())
                .or(() -> sourceFault(episode.getSource()))
                .or(() -> versionFault(episode.getModelName(), episode.getModelVersion()))
                .or(() -> timeFault("onsetAt", episode.getOnsetAt()))
                .or(() -> timeFault("begunAt", episode.getBegunAt()))
                .or(() -> timeFault("changedAt", episode.getChangedAt()))
                .or(() -> episode.getSteps().stream()
                        .flatMap(step -> timeFault("step's time", step.getAt()).stream())
                        .findFirst());
    }

    public static Optional<String> fault(Labeller labeller) {
        return labeller.getName().length() > MAX_NAME_CHARS
                ? Optional.of("its name has " + labeller.getName().length() + " characters, at most " + MAX_NAME_CHARS
                        + " are accepted")
                : timeFault("changedAt", labeller.getChangedAt());
    }

    private static boolean isCounted(EpisodeStep step) {
        Integer labels = step.getLabels();
        Double accuracy = step.getAccuracy();
        return (labels == null || labels >= 0) && (accuracy == null || (accuracy >= 0 && accuracy <= 1));
    }

    /** Whether an event may be called that. */
    public static boolean isId(String id) {
        return idFault(id).isEmpty();
    }

    private static Optional<String> idFault(String id) {
        if (id.isEmpty()) {
            return Optional.of("its id is empty");
        }
        return id.length() > MAX_NAME_CHARS
                ? Optional.of("its id has " + id.length() + " characters, at most " + MAX_NAME_CHARS + " are accepted")
                : Optional.empty();
    }

    /** It may be empty, as events' may. */
    private static Optional<String> sourceFault(String source) {
        return source.length() > MAX_NAME_CHARS
                ? Optional.of("its source has " + source.length() + " characters, at most " + MAX_NAME_CHARS
                        + " are accepted")
                : Optional.empty();
    }

    private static Optional<String> versionFault(String model, int version) {
        return ModelKey.isVersion(model, version)
                ? Optional.empty()
                : Optional.of("it is of version " + version + " of a model whose name has " + model.length()
                        + " characters; names are lower-case letters, digits and hyphens, versions 1 to "
                        + ModelKey.HIGHEST_VERSION);
    }

    private static Optional<String> timeFault(String what, Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST)
                ? Optional.of("its " + what + " is not between the years 1 and 9999; times are milliseconds since 1970")
                : Optional.empty();
    }
}
