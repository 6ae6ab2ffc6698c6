package dev.hemline.classifier.challenger;

import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes.Engine;
import dev.hemline.event.Classification;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.function.BooleanSupplier;

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

    /** Which versions on the topic it may answer with. */
    public ModelStore candidates(ModelStore all) {
        return this == CHALLENGER ? new ChallengerOnly(all) : all;
    }

    /**
     * What answers its events.
     *
     * @param share of events that a challenger answers, 0 to 1
     * @param challenges whether a challenger has a version to try, and it can answer
     */
    public Engine answering(Engine engine, double share, BooleanSupplier challenges) {
        return this == CHALLENGER
                ? new ShadowingEngine(engine, new EventShare(results().name(), share), challenges)
                : engine;
    }

    /** What people are told of its models: of a challenger, what it refuses; whoever asks what serves does not mean it. */
    public ClassifierListener told(ClassifierListener statuses) {
        return this == CHAMPION ? statuses : ClassifierListener.refusalsTo(statuses);
    }

    /** What a version does that its instance has loaded, for the log. */
    public String becomes() {
        return this == CHAMPION ? "serves" : "challenges";
    }
}
