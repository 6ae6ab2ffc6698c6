package dev.hemline.quickstart.demo;

import dev.hemline.control.models.Policies;
import dev.hemline.control.models.PolicyTerms;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Who decides in a demo which version serves, said once there is one that could serve meanwhile. Used by one thread. */
final class DemoPolicy {
    /** Labels come of as many events as are compared; and the machine has two cores. A probation takes some ten seconds. */
    static final List<String> CHALLENGER = List.of("--share=0.5", "--probation-labels=400");

    private final PolicyTerms terms;
    private final KafkaSettings kafka;
    private final DemoFolder folder;
    private boolean said;

    /** @param kept whether the folder may hold what was said in a demo before */
    DemoPolicy(PolicyTerms terms, KafkaSettings kafka, DemoFolder folder, boolean kept) {
        this.terms = terms;
        this.kafka = kafka;
        this.folder = folder;
        said = terms.equals(PolicyTerms.of(ServingPolicy.IMMEDIATE)) && !kept;
    }

    /**
     * What has to run for it beside the rest.
     *
     * @param flags of that, beside those that it needs
     */
    Optional<ChildCommand> challenger(String champions, OptionalInt port, List<String> flags) {
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of(ChildCommand.of(
                                "classifier",
                                "512m",
                                Stream.concat(
                                                Stream.of(
                                                        "--challenger",
                                                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                                                        "--http-port=" + port.getAsInt(),
                                                        "--application-id=" + champions,
                                                        "--state-dir=" + folder.challengerState(),
                                                        "--trusted-keys=" + folder.trustedKey(),
                                                        "--signing-key=" + folder.signingKey()),
                                                flags.stream())
                                        .toList())
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
            Policies.say(kafka, SigningKey.read(folder.signingKey()), terms, "hemline demo");
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
        said = true;
        return Optional.of("The policy is " + terms + " from now on");
    }
}
