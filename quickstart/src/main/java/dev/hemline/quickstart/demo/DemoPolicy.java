package dev.hemline.quickstart.demo;

import dev.hemline.control.models.Policies;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Who decides in a demo which version serves, said once there is one that could serve meanwhile. Used by one thread. */
final class DemoPolicy {
    /** Labels come of as many events as are compared; and the machine has two cores. */
    private static final String SHARE = "0.5";

    /** Some ten seconds. */
    private static final int PROBATION_LABELS = 400;

    private final ServingPolicy policy;
    private final KafkaSettings kafka;
    private final DemoFolder folder;
    private boolean said;

    /** @param kept whether the folder may hold what was said in a demo before */
    DemoPolicy(ServingPolicy policy, KafkaSettings kafka, DemoFolder folder, boolean kept) {
        this.policy = policy;
        this.kafka = kafka;
        this.folder = folder;
        said = policy == ServingPolicy.IMMEDIATE && !kept;
    }

    /** What has to run for it beside the rest. */
    Optional<ChildCommand> challenger(String champions, OptionalInt port) {
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of(ChildCommand.of(
                                "classifier",
                                "512m",
                                List.of(
                                        "--challenger",
                                        "--share=" + SHARE,
                                        "--probation-labels=" + PROBATION_LABELS,
                                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                                        "--http-port=" + port.getAsInt(),
                                        "--application-id=" + champions,
                                        "--state-dir=" + folder.challengerState(),
                                        "--trusted-keys=" + folder.trustedKey(),
                                        "--signing-key=" + folder.signingKey()))
                        .atLowPriority());
    }

    /**
     * Says it, unless it has been said.
     *
     * @param serving whether there is a version that serves
     * @return what was said, for people
     */
    Optional<String> sayOnce(boolean serving) {
        if (said || !serving) {
            return Optional.empty();
        }
        try {
            Policies.say(kafka, SigningKey.read(folder.signingKey()), policy, 0, "hemline demo");
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
        said = true;
        return Optional.of("The policy is " + policy.name().toLowerCase(Locale.ROOT) + " from now on");
    }
}
