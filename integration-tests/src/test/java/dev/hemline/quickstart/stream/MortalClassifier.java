package dev.hemline.quickstart.stream;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.image.ImageLimits;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.child.ParentWatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A classifier in a JVM of its own that dies of images nobody else minds: the poison that nobody foresaw. */
public final class MortalClassifier {
    /** Grey of an image at which the process is gone, as by a fault in native code. */
    static final int CRASHES = 13;

    /** Grey of an image at which the engine fails as a whole, and the program ends by itself. */
    static final int FAILS = 14;

    static final int CRASHED = 134;

    private MortalClassifier() {}

    /** @param arguments brokers and a folder */
    public static void main(String[] arguments) {
        ParentWatch.begin(System.getenv());
        // Six seconds are the shortest that brokers grant; it only makes the others take over sooner.
        var kafka = new KafkaSettings(arguments[0], Map.of("session.timeout.ms", "6000"));
        var unused = TestClassifier.start(
                kafka,
                "mortal",
                Path.of(arguments[1]),
                ImageLimits.DEFAULT,
                (manifest, archive) -> new Mortal(new DjlModelLoader().load(manifest, archive)),
                MortalClassifier::ended);
    }

    private static void ended() {
        new Thread(() -> System.exit(1)).start();
    }

    private record Mortal(LoadedModel model) implements LoadedModel {
        @Override
        public ModelManifest manifest() {
            return model.manifest();
        }

        @Override
        public ImageClassifier newClassifier() {
            ModelInput input = manifest().getInput();
            int imageBytes = input.getChannels() * input.getHeight() * input.getWidth();
            ImageClassifier classifier = model.newClassifier();
            return new ImageClassifier() {
                @Override
                public float[][] classify(ByteBuffer pixels, int n) {
                    for (int i = 0; i < n; i++) {
                        int grey = pixels.get(pixels.position() + i * imageBytes);
                        if (grey == CRASHES) {
                            Runtime.getRuntime().halt(CRASHED);
                        } else if (grey == FAILS) {
                            throw new StackOverflowError("as if a picture were nested too deep");
                        }
                    }
                    return classifier.classify(pixels, n);
                }

                @Override
                public void close() {
                    classifier.close();
                }
            };
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
