package dev.hemline.model.serving;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads TorchScript archives with DJL. Stateless and thread-safe; the golden batch is the warm-up too. */
public final class DjlModelLoader implements ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(DjlModelLoader.class);

    /** Of a probability: 8 bits of precision move those of our networks by up to 0.004. */
    private static final float BFLOAT16_TOLERANCE = 0.02f;

    private final Precision wanted;

    /** Serves in float32. */
    public DjlModelLoader() {
        this(Precision.FLOAT32);
    }

    /**
     * Serves in that precision those models that answer in it as they do in float32, and others in float32.
     *
     * @param wanted what to compute with between the layers
     */
    public DjlModelLoader(Precision wanted) {
        this.wanted = wanted;
    }

    /** What it computes with between the layers, where models answer alike in that. */
    public Precision precision() {
        return wanted;
    }

    @Override
    public LoadedModel load(ModelManifest manifest, byte[] archive) throws ModelRefusedException {
        ManifestChecks.check(manifest, archive);
        DjlModel model = proved(manifest, archive, manifest.getGolden().getTolerance());
        return new Proved(manifest, wanted == Precision.FLOAT32 ? model : faster(manifest, archive, model));
    }

    /** The same model as wanted; or as it is, where it does not answer alike or cannot be had twice. */
    private DjlModel faster(ModelManifest manifest, byte[] archive, DjlModel exact) {
        try {
            DjlModel faster = proved(manifest, TorchScriptArchive.inPrecision(archive, wanted), BFLOAT16_TOLERANCE);
            exact.close();
            LOG.info("{} v{} computes in bfloat16", manifest.getName(), manifest.getVersion());
            return faster;
        } catch (ArchiveException | ModelRefusedException | RuntimeException e) {
            LOG.warn(
                    "{} v{} computes in float32 and not in bfloat16: {}",
                    manifest.getName(),
                    manifest.getVersion(),
                    e.getMessage());
            return exact;
        }
    }

    /** A model whose answers to the golden images are those of the manifest. */
    private static DjlModel proved(ModelManifest manifest, byte[] archive, float tolerance)
            throws ModelRefusedException {
        DjlModel model = DjlModel.open(archive);
        boolean proved = false;
        try (ImageClassifier classifier = classifier(model, manifest)) {
            model.requireFiniteParameters();
            GoldenBatches.replay(manifest.getGolden(), manifest.getInput(), classifier, tolerance);
            proved = true;
            return model;
        } finally {
            if (!proved) {
                model.close();
            }
        }
    }

    private static ImageClassifier classifier(DjlModel model, ModelManifest manifest) {
        return model.newClassifier(
                manifest.getInput(), manifest.getOutput(), manifest.getLabels().size());
    }

    private record Proved(ModelManifest manifest, DjlModel model) implements LoadedModel {
        @Override
        public ImageClassifier newClassifier() {
            return classifier(model, manifest);
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
