package dev.hemline.model.serving;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;

/** Loads TorchScript archives with DJL. Stateless and thread-safe; the golden batch is the warm-up too. */
public final class DjlModelLoader implements ModelLoader {

    @Override
    public LoadedModel load(ModelManifest manifest, byte[] archive) throws ModelRefusedException {
        ManifestChecks.check(manifest, archive);
        ModelInput input = manifest.getInput();
        Outputs outputs = new Outputs(manifest.getLabels().size(), manifest.getOutput());
        DjlModel model = DjlModel.open(archive);
        boolean proved = false;
        try (ImageClassifier classifier = model.newClassifier(input, outputs)) {
            model.requireFiniteParameters();
            GoldenBatches.replay(manifest.getGolden(), input, classifier);
            proved = true;
            return new Proved(manifest, model, outputs);
        } finally {
            if (!proved) {
                model.close();
            }
        }
    }

    private record Proved(ModelManifest manifest, DjlModel model, Outputs outputs) implements LoadedModel {
        @Override
        public ImageClassifier newClassifier() {
            return model.newClassifier(manifest.getInput(), outputs);
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
