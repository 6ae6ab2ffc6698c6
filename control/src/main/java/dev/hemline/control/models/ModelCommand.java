package dev.hemline.control.models;

import dev.hemline.control.keys.SigningKeyOption;
import dev.hemline.control.keys.TrustedKeysOption;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.UserError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A command about one model on topic {@code models}. */
@Command(sortOptions = false)
abstract class ModelCommand extends BaseCommand {
    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "The model that is meant. Default: the one that classifiers serve; where none runs, whichever was"
                            + " published last, with --trusted-keys the one whose versions were signed first.")
    @Nullable
    String name;

    @Mixin
    TrustedKeysOption trusted = new TrustedKeysOption();

    PublishedModels published() {
        Optional<TrustedKeys> counting = trusted.read();
        return new PublishedModels(kafka.answering(), counting);
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The right to change the model's pins and versions; the caller closes it. */
    ModelAdmin admin() {
        return admin(published(), Optional.empty());
    }

    /**
     * The right to pin.
     *
     * @throws UserError if those who are meant would not follow
     */
    ModelAdmin admin(SigningKeyOption signingKey) {
        Optional<SigningKey> signer = signingKey.read();
        Optional<TrustedKeys> counting = trusted.read();
        if (signer.isEmpty() && counting.isPresent()) {
            throw new UserError("Classifiers with --trusted-keys follow signed pins only; give --signing-key too");
        }
        // What others wrote about the pin must not decide when this one is.
        Optional<TrustedKeys> ours = signer.map(SigningKey::trustedKey)
                .map(key -> counting.map(keys -> keys.and(key)).orElseGet(() -> TrustedKeys.of(key)));
        ModelAdmin admin = admin(new PublishedModels(kafka.answering(), ours), signer);
        boolean signed = admin.model()
                .newest()
                .filter(newest -> newest.getSignature() != null)
                .isPresent();
        if (signer.isEmpty() && signed) {
            say("Mind: versions of " + admin.model().name() + " are signed and this is not; classifiers with"
                    + " --trusted-keys do not follow it without --signing-key");
        }
        return admin;
    }

    private ModelAdmin admin(PublishedModels published, Optional<SigningKey> signer) {
        String meant = name != null ? name : published.choose(Optional.empty()).name();
        return ModelAdmin.open(
                kafka.settings(), published, meant, signer, "hemline models, " + System.getProperty("user.name"));
    }

    /** Reads {@code 12}, {@code v12} and {@code v000012}. */
    static final class VersionNumber implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[vV]?0*[1-9]\\d{0,8}")) {
                throw new TypeConversionException(
                        "a version is a number from 1 on, such as 12 or v12, not '" + text + "'");
            }
            return Integer.valueOf(text.replaceFirst("^[vV]", ""));
        }
    }
}
