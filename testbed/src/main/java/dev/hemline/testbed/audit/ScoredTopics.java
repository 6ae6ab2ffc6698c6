package dev.hemline.testbed.audit;

import dev.hemline.quality.score.ScoreTopology;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.List;
import java.util.Map;

/**
 * What scoring reads.
 *
 * @param classifierId the application id of the classifiers beside whom it works
 */
public record ScoredTopics(String classifierId) {
    /** Its consumer group. */
    public String group() {
        return classifierId + "-scores";
    }

    /**
     * The topics in the order in which it can be done with them: labels are brought to their results over a topic between,
     * which has to be done with too.
     */
    public List<Topic<?, ?>> inOrder() {
        return List.of(
                Topics.GROUND_TRUTH,
                Topics.CLASSIFICATIONS,
                new Topic<>(
                        group() + "-" + ScoreTopology.LABELS_BY_ID + "-repartition",
                        Topics.GROUND_TRUTH.keySerde(),
                        Topics.GROUND_TRUTH.valueSerde(),
                        Topics.CLASSIFICATIONS.partitions(),
                        Map.of()));
    }
}
