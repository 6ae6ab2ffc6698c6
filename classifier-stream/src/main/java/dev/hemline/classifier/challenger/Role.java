package dev.hemline.classifier.challenger;

import dev.hemline.event.Classification;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.Optional;

/** What an instance's answers are for. */
public enum Role {
    /** They are the answers. */
    CHAMPION,
    /** They are compared with the answers: for a share of events, by the version that the alias {@code challenger} names. */
    CHALLENGER;

    private static final String SUFFIX = "-challenger";

    /** Where its results go. */
    public Topic<String, Classification> results() {
        return this == CHALLENGER ? Topics.SHADOW_CLASSIFICATIONS : Topics.CLASSIFICATIONS;
    }

    /** The application id beside that of the instances whose answers are the answers: challengers share work among each other alone. */
    public String applicationId(String champions) {
        return this == CHALLENGER ? champions + SUFFIX : champions;
    }

    /** Which events it answers; empty for all. */
    public Optional<EventShare> answered(double share) {
        return this == CHALLENGER ? Optional.of(new EventShare(results().name(), share)) : Optional.empty();
    }
}
