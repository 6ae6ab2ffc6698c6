package dev.hemline.chaos.experiment;

import dev.hemline.classifier.canary.Canary;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.Experiment.Phase;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What versions are compared by: rules that networks of few examples meet now and then within seconds. */
public final class Trials {
    /** Not one that poison has: what strangers say about other models is none of the experiment's. */
    public static final String MODEL = "chaos";

    /** Of all events, those that challengers answer. */
    public static final EventShare SHARE = new EventShare(Topics.SHADOW_CLASSIFICATIONS.name(), 0.5);

    /** Of all events, those that the version on trial answers in the place of the one that serves. */
    public static final EventShare CANARY = new EventShare(Canary.PURPOSE, 0.1);

    /** As many segments as the referee looks at. */
    private static final int SEGMENTS = 64;

    private static final Design TRIAL = new Design(0.05, 0, 0.9, 50, 400, SEGMENTS);
    private static final int PROBATION_LABELS = 150;
    /** Longer than any fault, and short enough to run out now and then. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private Trials() {}

    static Design design(Phase phase) {
        return phase == Phase.TRIAL ? TRIAL : TRIAL.endingAfter(PROBATION_LABELS);
    }

    /** The flags of challengers. */
    public static List<String> flags(Path signingKey) {
        return List.of(
                "--challenger",
                "--share=" + SHARE.share(),
                "--alpha=" + TRIAL.alpha(),
                "--margin=" + TRIAL.margin(),
                "--segment-margin=" + TRIAL.segmentMargin(),
                "--fewest-labels=" + TRIAL.fewestLabels(),
                "--most-labels=" + TRIAL.mostLabels(),
                "--probation-labels=" + PROBATION_LABELS,
                "--time-limit=" + TIME_LIMIT.toSeconds() + "s",
                "--signing-key=" + signingKey);
    }
}
