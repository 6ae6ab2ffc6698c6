package dev.hemline.control.models;

import dev.hemline.control.keys.TrustedKeysOption;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.KafkaOptions;
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
                    "The model that is meant. Default: whichever was published last; with --trusted-keys the one whose"
                            + " versions were signed first.")
    @Nullable
    String name;

    @Mixin
    TrustedKeysOption trusted = new TrustedKeysOption();

    PublishedModels published() {
        return new PublishedModels(kafka.settings(), trusted.read());
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The right to change the model's pins and versions; the caller closes it. */
    ModelAdmin admin() {
        PublishedModels published = published();
        String meant = name != null ? name : published.choose(Optional.empty()).name();
        return ModelAdmin.open(kafka.settings(), published, meant);
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
