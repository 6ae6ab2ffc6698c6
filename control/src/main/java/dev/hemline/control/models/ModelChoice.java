package dev.hemline.control.models;

import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model, and where. Use as a picocli {@code @Mixin}. */
final class ModelChoice {
    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model that is meant. Default: whichever was published last.")
    @Nullable
    String name;

    KafkaSettings settings() {
        return kafka.settings();
    }

    ModelTopics topics() {
        return new ModelTopics(settings());
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The name that was given, else that of the model published last. */
    String resolvedName() {
        return name().orElseGet(
                        () -> topics().catalog().choose(Optional.empty()).name());
    }

    /** The right to change that model's pins and versions; the caller closes it. */
    ModelAdmin steer() {
        return ModelAdmin.open(settings(), resolvedName());
    }
}
