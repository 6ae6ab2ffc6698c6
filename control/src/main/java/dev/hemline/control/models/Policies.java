package dev.hemline.control.models;

import dev.hemline.event.ServingPolicy;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.KafkaSettings;
import java.util.Optional;
import java.util.function.Supplier;

/** Who decides which version of a model serves. */
public final class Policies {
    private Policies() {}

    /**
     * Says so, as {@code hemline models policy} does, of the model that classifiers serve, unless it is so. Where a new version is to serve at
     * once from now on, nothing is pinned any more.
     *
     * @param signer signs it; its key is the one that classifiers trust
     * @param who says it, for people
     * @throws dev.hemline.service.UserError if there is no version yet that could serve meanwhile
     */
    public static void say(KafkaSettings kafka, SigningKey signer, PolicyTerms terms, String who) {
        var published = new PublishedModels(kafka, Optional.of(TrustedKeys.of(signer.trustedKey())));
        String model = published.choose(Optional.empty()).name();
        Supplier<ModelAdmin> open = () -> ModelAdmin.open(kafka, published, model, Optional.of(signer), who);
        boolean changed = Steering.change(open, admin -> {
            boolean other = !PolicyTerms.of(admin.model()).equals(terms);
            if (other) {
                admin.policy(terms, "");
            }
            return other;
        });
        if (changed && terms.policy() == ServingPolicy.IMMEDIATE) {
            Steering.change(open, admin -> {
                admin.unpin("");
                return true;
            });
        }
    }
}
