package dev.hemline.control.models;

import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.Texts;
import dev.hemline.service.UserError;
import java.util.Objects;
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
        if (policy == null) {
            PublishedVersions model = published().choose(name());
            say(sentence(model, model.servingPolicy(), model.canaryShare()));
            return 0;
        }
        return super.call();
    }

    private static String sentence(PublishedVersions model, ServingPolicy policy, double canaryShare) {
        return "The policy of " + model.name() + " is " + ModelAdmin.code(policy)
                + (canaryShare > 0
                        ? "; a newer challenger answers " + Texts.percent(canaryShare) + " of events as canary"
                        : "");
    }

    @Override
    String change(ModelAdmin admin) {
        ServingPolicy wanted = Objects.requireNonNull(policy);
        PublishedVersions model = admin.model();
        admin.policy(wanted, canaryShare, reason);
        String pinned = model.serving()
                .map(serving -> "; v" + serving.getVersion() + " is pinned")
                .orElse("");
        return sentence(model, wanted, canaryShare)
                + (wanted == ServingPolicy.IMMEDIATE && model.pin().isEmpty() ? "" : pinned);
    }
}
