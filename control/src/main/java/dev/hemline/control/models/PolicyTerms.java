package dev.hemline.control.models;

import dev.hemline.event.ModelPolicy;
import dev.hemline.event.RefreshPolicy;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.Texts;
import java.time.Duration;
import java.util.Optional;

/**
 * What a policy says.
 *
 * @param policy who decides which version serves
 * @param canaryShare of events that a newer challenger answers in the place of what serves, 0 to 1
 * @param refresh when the trainer refreshes what serves by itself; empty for never
 */
public record PolicyTerms(ServingPolicy policy, double canaryShare, Optional<RefreshPolicy> refresh) {

    /** Without a canary, and nothing is refreshed. */
    public static PolicyTerms of(ServingPolicy policy) {
        return new PolicyTerms(policy, 0, Optional.empty());
    }

    static PolicyTerms of(PublishedVersions model) {
        return new PolicyTerms(
                model.servingPolicy(), model.canaryShare(), model.policy().map(ModelPolicy::getRefresh));
    }

    /** The same, and what serves is refreshed with so many labels where it is wrong, as often as that a day, and so far apart. */
    public PolicyTerms refreshing(int labels, int perDay, Duration cooldown) {
        return new PolicyTerms(
                policy, canaryShare, Optional.of(new RefreshPolicy(labels, perDay, cooldown.toMillis())));
    }

    /** In words. */
    @Override
    public String toString() {
        return ModelAdmin.code(policy)
                + (canaryShare > 0
                        ? "; a newer challenger answers " + Texts.percent(canaryShare) + " of events as canary"
                        : "")
                + refresh.map(terms -> "; what serves is refreshed with " + terms.getLabels()
                                + " labels where it is wrong, " + terms.getPerDay() + " times a day at most")
                        .orElse("");
    }
}
