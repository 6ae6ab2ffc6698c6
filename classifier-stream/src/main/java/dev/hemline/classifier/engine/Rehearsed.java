package dev.hemline.classifier.engine;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that has run the largest batch that it will be asked for, on this machine. Owns the model.
 *
 * @param largestBatch images in that batch
 * @param nanosAnImage that each took when it went fastest
 */
record Rehearsed(LoadedModel model, int largestBatch, long nanosAnImage) implements LoadedModel {
    /** Of a run with more than one image: what waits for it shares a transaction with other work. */
    static final Duration LONGEST_BATCH = Duration.ofMillis(500);

    /** Of a run with one image, on a machine that may be three times as slow another time. */
    static final Duration LONGEST_IMAGE = Duration.ofSeconds(1);

    /**
     * Of images in a batch, bytes as they are; as the floats that libtorch reads they are four times as many, and each worker
     * has both outside the heap, where there is as much room as inside. Enough for 111 images of 3 x 224 x 224.
     */
    static final long MOST_BYTES = 16 << 20;

    /** So all batches together, a canary's, floats and those of a model before included, have five eighths of that room at most. */
    private static final long HEAP_SHARE = 32;

    /** One slow run may be somebody else's fault. */
    private static final int TRIES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsed.class);

    /**
     * Runs a model with 1, 2, 4 and more images, so that no run is much longer than what is granted.
     *
     * @param maxBatch images that it would be asked for at most
     * @param workers that will do so at the same time
     * @throws ModelRefusedException if one image is too much; the model is not closed
     */
    static Rehearsed of(LoadedModel model, int maxBatch, int workers) throws ModelRefusedException {
        ModelManifest manifest = model.manifest();
        ModelInput input = manifest.getInput();
        int imageBytes = input.getChannels() * input.getHeight() * input.getWidth();
        long mostBytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / (HEAP_SHARE * workers));
        if (imageBytes > mostBytes) {
            throw new ModelRefusedException(
                    Reason.TOO_LARGE,
                    "an image of its input has " + imageBytes + " bytes; a batch may have " + mostBytes
                            + " here, so it takes a smaller input or a larger heap (-Xmx)");
        }
        int most = (int) Math.min(maxBatch, mostBytes / imageBytes);
        String why = "a larger batch has more than " + mostBytes + " bytes";
        ByteBuffer pixels = ByteBuffer.allocateDirect(most * imageBytes);
        int batch = 0;
        long nanosAnImage = Long.MAX_VALUE;
        try (ImageClassifier classifier = model.newClassifier()) {
            for (int n = 1; batch < most; n = Math.min(2 * n, most)) {
                Duration granted = n == 1 ? LONGEST_IMAGE : LONGEST_BATCH;
                long took = fastest(classifier, pixels, n, granted);
                if (took > granted.toNanos()) {
                    why = "a batch of " + n + " takes " + Duration.ofNanos(took).toMillis() + " ms, and "
                            + granted.toMillis() + " are granted";
                    break;
                }
                batch = n;
                nanosAnImage = Math.min(nanosAnImage, took / n);
            }
        } catch (RuntimeException e) {
            why = (batch == 0 ? "an image fails: " : "a larger batch fails: ")
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        if (batch == 0) {
            throw new ModelRefusedException(Reason.UNLOADABLE, "this machine cannot serve it: " + why);
        }
        if (batch < maxBatch) {
            LOG.info("{} v{} takes {} images at once: {}", manifest.getName(), manifest.getVersion(), batch, why);
        }
        return new Rehearsed(model, batch, nanosAnImage);
    }

    private static long fastest(ImageClassifier classifier, ByteBuffer pixels, int n, Duration granted) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && fastest > granted.toNanos(); i++) {
            long start = System.nanoTime();
            classifier.classify(pixels, n);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }

    @Override
    public ModelManifest manifest() {
        return model.manifest();
    }

    @Override
    public ImageClassifier newClassifier() {
        return model.newClassifier();
    }

    @Override
    public void close() {
        model.close();
    }
}
