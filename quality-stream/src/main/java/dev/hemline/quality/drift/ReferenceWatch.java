package dev.hemline.quality.drift;

import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.quality.batch.Batch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares results with one reference: gives an alarm when they have changed, and the all-clear when they are as before. One
 * alarm stands at a time; one about pictures takes the place of one about the mix, since changed pictures are answered otherwise.
 */
public final class ReferenceWatch {
    /** Of fewer results nobody should say that all is well. */
    private static final int FEWEST_FOR_ALL_CLEAR = 100;

    /** With so many results the mix is looked at, which is dearer and less urgent. */
    private static final int MIX_SPACING = 100;

    private static final double ALL_CLEAR = Math.log(1000);

    private final DriftReference name;
    private final double threshold;
    private Detector detector;
    private @Nullable Alarm alarm;

    /**
     * An alarm that stands.
     *
     * @param window the results that it was given for
     */
    record Alarm(DriftKind kind, Window window) {}

    /**
     * What is to be told.
     *
     * @param logEvidence what speaks for it
     * @param threshold what that had to reach
     */
    public record Change(
            DriftReference reference,
            DriftState state,
            DriftKind kind,
            Window since,
            double logEvidence,
            double threshold,
            Reference before) {}

    /**
     * @param threshold the logarithm of the evidence that makes an alarm
     */
    ReferenceWatch(DriftReference name, Detector detector, @Nullable Alarm alarm, double threshold) {
        this.name = name;
        this.detector = detector;
        this.alarm = alarm;
        this.threshold = threshold;
    }

    Optional<Change> add(Batch batch) {
        detector.add(batch);
        Alarm standing = alarm;
        if (standing != null && standing.kind() == DriftKind.PICTURES) {
            return allClear(standing);
        }
        Detector.Finding pictures = detector.pictureFinding();
        if (pictures.logEvidence() >= threshold) {
            return Optional.of(alarm(DriftKind.PICTURES, pictures));
        }
        if (detector.results() / MIX_SPACING
                == (detector.results() - batch.sums().count()) / MIX_SPACING) {
            return Optional.empty();
        }
        if (standing != null) {
            return allClear(standing);
        }
        Detector.Finding mix = detector.mixFinding();
        // Changed pictures are told as other classes first, now and then; so whatever may be one of them has to wait.
        return mix.logEvidence() >= threshold && pictures.logEvidence() < threshold / 2
                ? Optional.of(alarm(DriftKind.MIX, mix))
                : Optional.empty();
    }

    private Change alarm(DriftKind kind, Detector.Finding finding) {
        alarm = new Alarm(kind, finding.since());
        return anew(DriftState.ALARM, kind, finding.since(), finding.logEvidence(), threshold);
    }

    private Optional<Change> allClear(Alarm standing) {
        for (Window window : detector.windows()) {
            double evidence = window.count() < FEWEST_FOR_ALL_CLEAR ? 0 : isBack(window, standing);
            if (evidence >= ALL_CLEAR) {
                alarm = null;
                return Optional.of(anew(DriftState.ALL_CLEAR, standing.kind(), window, evidence, ALL_CLEAR));
            }
        }
        return Optional.empty();
    }

    /** Something else than both may look more like the reference than like the alarm. */
    private double isBack(Window window, Alarm standing) {
        Reference reference = detector.reference();
        boolean pictures = standing.kind() == DriftKind.PICTURES;
        double changed = pictures
                ? reference.picturesChanged(window.counts(), window.deviation())
                : reference.mixChanged(window.counts());
        if (changed > 0) {
            return 0;
        }
        return pictures
                ? reference.picturesAreBack(window, standing.window())
                : reference.mixIsBack(window, standing.window());
    }

    private Change anew(DriftState state, DriftKind kind, Window since, double evidence, double needed) {
        detector = new Detector(detector.reference(), detector.results(), List.of());
        return new Change(name, state, kind, since, evidence, needed, detector.reference());
    }

    /** The alarm that stands, without the evidence of then. */
    Optional<Change> toldAgain() {
        return standing()
                .map(standing -> new Change(
                        name,
                        DriftState.ALARM,
                        standing.kind(),
                        standing.window(),
                        threshold,
                        threshold,
                        detector.reference()));
    }

    DriftReference name() {
        return name;
    }

    Detector detector() {
        return detector;
    }

    Optional<Alarm> standing() {
        return Optional.ofNullable(alarm);
    }
}
