package dev.hemline.page;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftGroup;
import dev.hemline.event.Sample;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.topic.EventChecks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What people can see of an alarm: how often each class was predicted before the change and since, and some pictures of both times.
 * It is told of batches and samples in any order of partitions. Not for several threads.
 */
final class DriftEvidence {
    static final int PICTURES = 6;
    /** Of a source that the change has made into another one, more say nothing more. */
    static final int ENOUGH_RESULTS = 1_000;

    private static final int MOST_GROUPS = 16;
    private static final int MOST_PROBABILITIES = 100_000;

    private final Drift alarm;
    private final Map<Integer, long[]> results = new TreeMap<>();
    private final Deque<Picture> before = new ArrayDeque<>();
    private final Deque<Picture> since = new ArrayDeque<>();
    private long resultsBefore;
    private long resultsSince;

    /**
     * A picture as the model saw it.
     *
     * @param label that was predicted
     * @param confidence the probability of that class
     */
    record Picture(Thumbnail picture, int label, float confidence) {}

    /** How often a group of classes was predicted, 0 to 1. */
    record Share(int group, double before, double now) {}

    DriftEvidence(Drift alarm) {
        this.alarm = alarm;
    }

    void add(DriftBatch batch) {
        if (!isOfAlarm(batch.getModelName(), batch.getModelVersion(), batch.getSource())
                || batch.getGroups().size() > MOST_GROUPS) {
            return;
        }
        int time = batch.getFirstAt().isBefore(alarm.getSinceAt()) ? 0 : 1;
        for (DriftGroup group : batch.getGroups()) {
            if (group.getPredicted() >= 0 && group.getPredicted() < MOST_GROUPS && group.getResults() > 0) {
                results.computeIfAbsent(group.getPredicted(), first -> new long[2])[time] += group.getResults();
                resultsBefore += time == 0 ? group.getResults() : 0;
                resultsSince += time == 1 ? group.getResults() : 0;
            }
        }
    }

    /** Of several sources together nobody knows which samples are theirs, so there are none. */
    void add(Sample sample) {
        boolean ours = !alarm.getSource().equals(BusiestSources.REST)
                && isOfAlarm(
                        sample.getModelName(), sample.getModelVersion(), BusiestSources.bounded(sample.getSource()));
        if (!ours
                || !EventChecks.isId(sample.getId())
                || sample.getProbabilities().isEmpty()
                || sample.getProbabilities().size() > MOST_PROBABILITIES
                || !Thumbnail.isWhole(sample)) {
            return;
        }
        float[] probabilities = new float[sample.getProbabilities().size()];
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = sample.getProbabilities().get(label);
        }
        int label = Probabilities.mostLikely(probabilities);
        Deque<Picture> newest = sample.getClassifiedAt().isBefore(alarm.getSinceAt()) ? before : since;
        newest.addLast(new Picture(Thumbnail.of(sample), label, probabilities[label]));
        if (newest.size() > PICTURES) {
            newest.removeFirst();
        }
    }

    private boolean isOfAlarm(String model, int version, String source) {
        return version == alarm.getModelVersion()
                && model.equals(alarm.getModelName())
                && source.equals(alarm.getSource());
    }

    /** Whether later looks would show nothing that this one does not. */
    boolean isEnough() {
        return resultsSince >= ENOUGH_RESULTS && before.size() == PICTURES && since.size() == PICTURES;
    }

    /** By group; of those alone that the alarm names where batches are not kept any more. */
    List<Share> shares() {
        if (resultsBefore == 0 || resultsSince == 0) {
            return alarm.getClasses().stream()
                    .map(moved -> new Share(moved.getGroup(), moved.getShareBefore(), moved.getShareNow()))
                    .toList();
        }
        List<Share> shares = new ArrayList<>();
        results.forEach((group, counts) ->
                shares.add(new Share(group, (double) counts[0] / resultsBefore, (double) counts[1] / resultsSince)));
        return shares;
    }

    /** How many results the shares are of, before and since; both 0 where those of the alarm are told. */
    List<Long> counted() {
        return resultsBefore == 0 || resultsSince == 0 ? List.of(0L, 0L) : List.of(resultsBefore, resultsSince);
    }

    /** The newest from before the change. */
    List<Picture> picturesBefore() {
        return List.copyOf(before);
    }

    /** The newest of those since then. */
    List<Picture> picturesSince() {
        return List.copyOf(since);
    }
}
