package dev.hemline.insight.choice;

import dev.hemline.control.models.PublishedModel;
import dev.hemline.control.models.PublishedModels;
import dev.hemline.event.ModelManifest;
import dev.hemline.service.KafkaSettings;
import java.util.Optional;

/** Models as events: versions on topic {@code models}. */
public record PublishedChoice(KafkaSettings kafka) {
    /** The version that classifiers are to serve: pinned, else newest. */
    public ChosenModel serving(Optional<String> name) {
        return chosen(new PublishedModels(kafka).serving(name));
    }

    /** One version. */
    public ChosenModel version(Optional<String> name, int version) {
        return chosen(new PublishedModels(kafka).version(name, version));
    }

    private static ChosenModel chosen(PublishedModel model) {
        ModelManifest manifest = model.manifest();
        return ChosenModel.of(manifest.getName() + " v" + manifest.getVersion(), manifest, model.archive());
    }
}
