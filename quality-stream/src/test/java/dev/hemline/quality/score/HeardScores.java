package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.Score;
import dev.hemline.topic.ModelKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps all that scoring tells of. */
final class HeardScores implements ScoreListener {
    final List<LabelOutcome> labels = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Score> scores = new ArrayList<>();
    final Map<String, Long> cells = new TreeMap<>();
    int repeated;
    int undecodable;
    int invalid;
    final List<String> passedOver = new ArrayList<>();
    final List<RuntimeException> failures = new ArrayList<>();
    final List<ModelKey.Manifest> forgotten = new ArrayList<>();

    @Override
    public void label(LabelOutcome outcome) {
        labels.add(outcome);
    }

    @Override
    public void answered(Answer answer) {
        answers.add(answer);
    }

    @Override
    public void scored(Score score) {
        scores.add(score);
    }

    @Override
    public void repeatedResult() {
        repeated++;
    }

    @Override
    public void undecodableResult() {
        undecodable++;
    }

    @Override
    public void invalidResult() {
        invalid++;
    }

    @Override
    public void passedOver(String topic, String why) {
        passedOver.add(topic + ": " + why);
    }

    @Override
    public void failed(String step, RuntimeException failure) {
        failures.add(failure);
    }

    @Override
    public void versionForgotten(ModelKey.Manifest version) {
        forgotten.add(version);
    }

    @Override
    public void counted(int partition, ConfusionCell cell, long results) {
        cells.put(cell.toString(), results);
    }

    @Override
    public void left(int partition) {
        cells.clear();
    }
}
