package dev.hemline.control.models;

import dev.hemline.event.ModelManifest;
import dev.hemline.service.UserError;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * What topic {@code models} holds.
 *
 * @param models by name; one whose versions are all retired is still there, with none
 */
record Catalog(Map<String, ModelVersions> models) {

    /**
     * The model that is meant: the one named, else whichever was published last, as classifiers choose it too.
     *
     * @throws UserError if there is no such model
     */
    ModelVersions choose(Optional<String> name) {
        return name.map(this::named).orElseGet(this::publishedLast);
    }

    private ModelVersions named(String name) {
        ModelVersions model = models.get(name);
        if (model == null) {
            throw new UserError("There is no model " + name + " on topic models"
                    + (models.isEmpty() ? ", nor any other" : "; there is: " + String.join(", ", models.keySet())));
        }
        return model;
    }

    private ModelVersions publishedLast() {
        return models.values().stream()
                .flatMap(model -> model.versions().values().stream())
                .map(ModelVersion::manifest)
                .max(Comparator.comparing(ModelManifest::getCreatedAt))
                .map(newest -> named(newest.getName()))
                .orElseThrow(() -> new UserError(
                        "There is no model on topic models yet; a trainer or hemline models publish puts one there"));
    }
}
