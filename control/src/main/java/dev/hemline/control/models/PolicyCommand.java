package dev.hemline.control.models;

import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Override
    public Integer call() {
        if (policy == null) {
            PublishedVersions model = published().choose(name());
            say("The policy of " + model.name() + " is " + ModelAdmin.code(model.servingPolicy()));
            return 0;
        }
        return super.call();
    }

    @Override
    String change(ModelAdmin admin) {
        ServingPolicy wanted = Objects.requireNonNull(policy);
        PublishedVersions model = admin.model();
        admin.policy(wanted, reason);
        String pinned = model.serving()
                .map(serving -> "; v" + serving.getVersion() + " is pinned")
                .orElse("");
        return "The policy of " + model.name() + " is " + ModelAdmin.code(wanted)
                + (wanted == ServingPolicy.IMMEDIATE && model.pin().isEmpty() ? "" : pinned);
    }
}
