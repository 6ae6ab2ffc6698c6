package dev.hemline.model.serving;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import java.nio.ByteBuffer;

/** Classifies with an archive that has no manifest yet, to find out how good it is. Owns the model as well. */
public final class ArchiveClassifier implements ImageClassifier {
    private final DjlModel model;
    private final DjlClassifier classifier;

    private ArchiveClassifier(DjlModel model, DjlClassifier classifier) {
        this.model = model;
        this.classifier = classifier;
    }

    /**
     * Loads an archive.
     *
     * @param archive TorchScript that takes what {@code input} describes
     * @param labels how many numbers the network gives per image
     * @throws ModelRefusedException if the input makes no sense or libtorch does not load the archive
     */
    public static ArchiveClassifier open(byte[] archive, ModelInput input, ModelOutput output, int labels)
            throws ModelRefusedException {
        ManifestChecks.checkInput(input);
        DjlModel model = DjlModel.open(archive);
        return new ArchiveClassifier(model, model.newClassifier(input, output, labels));
    }

    /** Count of the numbers that training changed. */
    public long parameters() {
        return model.parameters();
    }

    @Override
    public float[][] classify(ByteBuffer pixels, int n) {
        return classifier.classify(pixels, n);
    }

    @Override
    public void close() {
        classifier.close();
        model.close();
    }
}
