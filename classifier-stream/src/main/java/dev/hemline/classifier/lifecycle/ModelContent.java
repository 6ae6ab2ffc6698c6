package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import java.util.List;

/** What decides a version's answers. Signature, evaluation and the story of its training do not. */
record ModelContent(
        String name, int version, String sha256, List<String> labels, ModelInput input, ModelOutput output) {

    static ModelContent of(ModelManifest manifest) {
        return new ModelContent(
                manifest.getName(),
                manifest.getVersion(),
                manifest.getArchive().getSha256(),
                manifest.getLabels(),
                manifest.getInput(),
                manifest.getOutput());
    }
}
