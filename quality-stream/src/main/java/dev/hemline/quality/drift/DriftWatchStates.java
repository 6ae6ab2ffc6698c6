package dev.hemline.quality.drift;

import dev.hemline.event.DriftBlock;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftReferenceState;
import dev.hemline.event.DriftWatchState;
import dev.hemline.event.DriftWindow;
import dev.hemline.event.StandingAlarm;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.batch.Sums;
import dev.hemline.quality.drift.ReferenceWatch.Alarm;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.ModelKey;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link DriftWatch} as it is kept. */
final class DriftWatchStates {
    private DriftWatchStates() {}

    static DriftWatchState of(SourceRow key, int classes, DriftWatch watch) {
        LiveResults first = watch.first();
        return new DriftWatchState(
                key.version().name(),
                key.version().version(),
                key.source(),
                classes,
                first.blocks().stream()
                        .map(block -> new DriftBlock(ints(block.counts()), doubles(block.logProbabilities())))
                        .toList(),
                ints(first.all().results()),
                rows(first.all().logProbabilities()),
                rows(first.covariance()),
                Stream.of(watch.validation(), watch.live())
                        .flatMap(Optional::stream)
                        .map(DriftWatchStates::of)
                        .toList());
    }

    private static DriftReferenceState of(ReferenceWatch watch) {
        return new DriftReferenceState(
                watch.name().name(),
                watch.detector().results(),
                watch.detector().windows().stream().map(DriftWatchStates::of).toList(),
                watch.standing()
                        .map(alarm -> new StandingAlarm(alarm.kind().name(), of(alarm.window())))
                        .orElse(null));
    }

    private static DriftWindow of(Window window) {
        return new DriftWindow(
                window.start(), window.firstId(), window.firstAt(), ints(window.counts()), doubles(window.deviation()));
    }

    /** Whose it is; empty if nobody of ours can have written it. */
    static Optional<SourceRow> key(@Nullable DriftWatchState state) {
        try {
            return state == null
                    ? Optional.empty()
                    : Optional.of(new SourceRow(
                            new ModelKey.Manifest(state.getModelName(), state.getModelVersion()), state.getSource()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * What was kept.
     *
     * @param validation what it was compared with, if that is still there
     * @throws IllegalArgumentException if it contradicts itself
     */
    static DriftWatch read(DriftWatchState state, Optional<Reference> validation, double falseAlarms) {
        double threshold = DriftWatch.threshold(falseAlarms);
        int[] counts = ints(state.getCounts());
        if (state.getClasses() < 1 || counts.length != LogProbabilities.groups(state.getClasses())) {
            throw new IllegalArgumentException(counts.length + " groups of " + state.getClasses() + " classes");
        }
        List<LiveResults.Block> blocks = state.getBlocks().stream()
                .map(block -> new LiveResults.Block(ints(block.getCounts()), doubles(block.getLogProbabilities())))
                .toList();
        var first = new LiveResults(
                new Sums(counts, rows(state.getLogProbabilities(), counts.length)),
                blocks,
                rows(state.getCovariance(), counts.length));
        return new DriftWatch(
                first,
                watch(state, DriftReference.VALIDATION, validation, threshold),
                watch(
                        state,
                        DriftReference.LIVE,
                        first.isComplete() ? Optional.of(first.reference(validation)) : Optional.empty(),
                        threshold),
                threshold);
    }

    private static @Nullable ReferenceWatch watch(
            DriftWatchState state, DriftReference name, Optional<Reference> reference, double threshold) {
        return reference
                .flatMap(before -> state.getWatches().stream()
                        .filter(kept -> kept.getReference().equals(name.name()))
                        .findFirst()
                        .map(kept -> watch(kept, name, before, threshold)))
                .orElse(null);
    }

    private static ReferenceWatch watch(
            DriftReferenceState kept, DriftReference name, Reference before, double threshold) {
        List<Window> windows = new ArrayList<>();
        kept.getWindows().forEach(window -> windows.add(window(window)));
        StandingAlarm alarm = kept.getAlarm();
        return new ReferenceWatch(
                name,
                new Detector(before, kept.getResults(), windows),
                alarm == null ? null : new Alarm(DriftKind.valueOf(alarm.getKind()), window(alarm.getWindow())),
                threshold);
    }

    private static Window window(DriftWindow kept) {
        return new Window(
                kept.getStart(),
                kept.getFirstId(),
                kept.getFirstAt(),
                ints(kept.getCounts()),
                doubles(kept.getDeviation()));
    }

    private static ByteBuffer rows(double[][] rows) {
        return doubles(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    /** None where there are no numbers. */
    private static double[][] rows(ByteBuffer kept, int length) {
        double[] numbers = doubles(kept);
        double[][] rows = new double[numbers.length / length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(numbers, row * length, (row + 1) * length);
        }
        return rows;
    }

    private static ByteBuffer ints(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        bytes.asIntBuffer().put(numbers);
        return bytes;
    }

    private static int[] ints(ByteBuffer kept) {
        IntBuffer bytes = kept.asIntBuffer();
        int[] numbers = new int[bytes.remaining()];
        bytes.get(numbers);
        return numbers;
    }

    private static ByteBuffer doubles(double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
        bytes.asDoubleBuffer().put(numbers);
        return bytes;
    }

    private static double[] doubles(ByteBuffer kept) {
        DoubleBuffer bytes = kept.asDoubleBuffer();
        double[] numbers = new double[bytes.remaining()];
        bytes.get(numbers);
        return numbers;
    }
}
