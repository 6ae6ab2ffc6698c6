package dev.hemline.page;

import dev.hemline.event.Classification;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.page.ToldExperiments.Pair;
import dev.hemline.topic.EventChecks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest pictures of labelled events to which two versions gave different classes. It is told of the challenger's answers first,
 * then of the champion's scores, then of samples. Not for several threads.
 */
final class Disagreements {
    static final int PICTURES = 6;

    private final Pair pair;
    /** What the challenger said, by id. */
    private final Map<String, Integer> shadowed = new HashMap<>();

    private final Map<String, Score> apart = new HashMap<>();
    private final List<Picture> newest = new ArrayList<>();

    /**
     * A picture as the model saw it, and the classes.
     *
     * @param champion what the one that serves said
     * @param challenger what the one that shadows it said
     * @param actual the true class
     * @param at when it was answered
     */
    record Picture(Thumbnail picture, int champion, int challenger, int actual, Instant at) {}

    Disagreements(Pair pair) {
        this.pair = pair;
    }

    void add(Classification answer) {
        if (EventChecks.fault(answer).isEmpty()
                && answer.getModelName().equals(pair.model())
                && answer.getModelVersion() == pair.challenger()) {
            shadowed.put(answer.getId(), answer.getLabel());
        }
    }

    /** The newest of an id counts. */
    void add(Score score) {
        Integer answer = shadowed.get(score.getId());
        if (answer != null
                && score.getModelName().equals(pair.model())
                && score.getModelVersion() == pair.champion()
                && score.getPredicted() != answer) {
            apart.put(score.getId(), score);
        }
    }

    void add(Sample sample) {
        Score score = apart.get(sample.getId());
        Integer answer = shadowed.get(sample.getId());
        if (score == null
                || answer == null
                || !sample.getModelName().equals(pair.model())
                || !Thumbnail.isWhole(sample)) {
            return;
        }
        // A sample that was written twice is one.
        apart.remove(sample.getId());
        newest.add(new Picture(
                Thumbnail.of(sample), score.getPredicted(), answer, score.getActual(), sample.getClassifiedAt()));
        newest.sort(Comparator.comparing(Picture::at).reversed());
        if (newest.size() > PICTURES) {
            newest.remove(PICTURES);
        }
    }

    /** Six at most, the newest first. */
    List<Picture> newest() {
        return List.copyOf(newest);
    }
}
