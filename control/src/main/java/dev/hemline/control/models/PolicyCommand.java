package dev.hemline.control.models;

import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.DurationConverter;
import dev.hemline.service.UserError;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline models policy}. */
@Command(
        name = "policy",
        description = {
            "Says who decides which version serves.",
            "",
            "immediate: a new version serves at once, unless another one is pinned. challenger: it has to win as challenger"
                    + " first, beside what serves, which is pinned; instances of hemline classifier --challenger see to"
                    + " that. manual: people decide, with pin, challenge and promote.",
            "",
            "With --canary SHARE a challenger that is newer than what is pinned answers that share of events in its place, for versions"
                    + " whose effect shows only further down; its results say so (canary).",
            "",
            "With --refresh LABELS the trainer mends what serves by itself; see docs/learning.md.",
            "",
            "Without a policy it shows which it is. What a person pins stands until the policy is said again.",
            ""
        })
final class PolicyCommand extends SteeringCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "POLICY",
            description = "immediate, challenger or manual.",
            converter = PolicyName.class)
    @Nullable
    ServingPolicy policy;

    @Option(
            names = "--canary",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "The share of events that a challenger answers before it has won, such as 0.05. Which, their ids say."
                            + " Default: none.")
    double canaryShare;

    @Option(
            names = "--refresh",
            paramLabel = "LABELS",
            description =
                    "Where pictures have changed, or accuracy has fallen, the trainer waits for so many labelled pictures, and asks for"
                            + " them, and refreshes what serves with them: 50 to 100000, such as 400. Default: never by itself.")
    @Nullable
    Integer refreshLabels;

    @Option(
            names = "--refresh-per-day",
            paramLabel = "N",
            defaultValue = "6",
            description = "How often that may happen within 24 hours. Default: ${DEFAULT-VALUE}")
    int refreshPerDay;

    @Option(
            names = "--refresh-cooldown",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long after the end of one the next may begin. Default: ${DEFAULT-VALUE}")
    Duration refreshCooldown = Duration.ofMinutes(10);

    @Override
    public Integer call() {
        if (!(canaryShare >= 0 && canaryShare <= 1)) {
            throw new UserError("--canary is a share of events, 0 to 1, such as 0.05, not " + canaryShare);
        }
        if (canaryShare > 0 && (policy == null || policy == ServingPolicy.IMMEDIATE)) {
            throw new UserError(
                    "--canary takes policy challenger or manual, as in 'policy challenger --canary 0.05': under"
                            + " immediate a new version answers all events at once");
        }
        if (refreshLabels != null && (policy == null || refreshLabels < 50 || refreshLabels > 100_000)) {
            throw new UserError(
                    "--refresh takes a policy and 50 to 100000 labels, as in 'policy challenger --refresh 400'");
        }
        if (refreshPerDay < 1 || refreshPerDay > 1_000) {
            throw new UserError("--refresh-per-day is 1 to 1000, not " + refreshPerDay);
        }
        if (policy == null) {
            PublishedVersions model = published().choose(name());
            say("The policy of " + model.name() + " is " + PolicyTerms.of(model));
            return 0;
        }
        return super.call();
    }

    private PolicyTerms terms(ServingPolicy wanted) {
        var terms = new PolicyTerms(wanted, canaryShare, Optional.empty());
        return refreshLabels == null ? terms : terms.refreshing(refreshLabels, refreshPerDay, refreshCooldown);
    }

    @Override
    String change(ModelAdmin admin) {
        PolicyTerms terms = terms(Objects.requireNonNull(policy));
        PublishedVersions model = admin.model();
        admin.policy(terms, reason);
        String pinned = model.serving()
                .map(serving -> "; v" + serving.getVersion() + " is pinned")
                .orElse("");
        return "The policy of " + model.name() + " is " + terms
                + (terms.policy() == ServingPolicy.IMMEDIATE && model.pin().isEmpty() ? "" : pinned);
    }
}
