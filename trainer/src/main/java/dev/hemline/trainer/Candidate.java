package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.trainer.training.ServingModel;

/**
 * What may become a version.
 *
 * @param draft the manifest, complete but for what publishing fills in
 * @param model the archive it describes
 */
record Candidate(ModelManifest.Builder draft, ServingModel model) {}
