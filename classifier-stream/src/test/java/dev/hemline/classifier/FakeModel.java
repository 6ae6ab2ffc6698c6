package dev.hemline.classifier;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows two classes, dark and light, by the one pixel of its input; breaks on pixel {@link #POISON}. Remembers what was
 * done to it.
 */
public class FakeModel implements LoadedModel {
    public static final int POISON = 13;
    /** A pixel whose answer overflows. */
    public static final int OVERFLOW = 14;

    private final ModelManifest manifest;
    public final AtomicInteger openClassifiers = new AtomicInteger();
    public final AtomicInteger largestBatch = new AtomicInteger();
    public volatile boolean closed;
    /** Images that there is memory for. */
    public volatile int room = Integer.MAX_VALUE;
    /** That each image takes. */
    public volatile long millis;

    public FakeModel(int version) {
        this(manifest("fake", version));
    }

    public FakeModel(ModelManifest manifest) {
        this.manifest = manifest;
    }

    public static ModelManifest manifest(String name, int version) {
        return manifest(name, version, new ModelInput(1, 1, 1, List.of(0f), List.of(1f), false));
    }

    public static ModelManifest manifest(String name, int version, ModelInput input) {
        return ModelManifest.newBuilder()
                .setName(name)
                .setVersion(version)
                .setCreatedAt(Instant.ofEpochMilli(version))
                .setCreatedBy("test")
                .setArchive(new ModelArchive("torchscript", 3L, String.format(Locale.ROOT, "%064x", version), 1))
                .setNetwork("fake")
                .setParameters(1)
                .setLabels(List.of("dark", "light"))
                .setInput(input)
                .setOutput(ModelOutput.PROBABILITIES)
                .setEvaluation(new ModelEvaluation("validation", 10, 0.9, 0.1))
                .setGolden(new GoldenBatch(List.of(), List.of(), 1e-4f))
                .build();
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public ImageClassifier newClassifier() {
        openClassifiers.incrementAndGet();
        return new FakeClassifier();
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class FakeClassifier implements ImageClassifier {
        @Override
        public float[][] classify(ByteBuffer pixels, int n) {
            if (closed) {
                throw new IllegalStateException("freed under a running batch");
            }
            if (n > room) {
                throw new IllegalStateException("DefaultCPUAllocator: can't allocate memory");
            }
            sleep(n * millis);
            largestBatch.accumulateAndGet(n, Math::max);
            float[][] probabilities = new float[n][];
            for (int i = 0; i < n; i++) {
                int pixel = pixels.get(pixels.position() + i) & 0xFF;
                if (pixel == POISON) {
                    throw new IllegalStateException("poisoned");
                }
                float light = pixel == OVERFLOW ? Float.NaN : pixel / 255f;
                probabilities[i] = new float[] {1 - light, light};
            }
            return probabilities;
        }

        private static void sleep(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            openClassifiers.decrementAndGet();
        }
    }
}
