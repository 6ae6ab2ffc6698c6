package dev.hemline.quickstart.demo;

import dev.hemline.control.models.Policies;
import dev.hemline.control.models.PolicyTerms;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.util.Optional;

/** Who decides in a demo which version serves, said once there is one that could serve meanwhile. Used by one thread. */
final class DemoPolicy {
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
