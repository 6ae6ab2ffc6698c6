package dev.hemline.testbed.untrained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UntrainedModelTest {
    private static final int PIXELS = FashionMnist.HEIGHT * FashionMnist.WIDTH;

    /** Of each class so much white, in noise: where it is, the network's mean over places forgets. */
    private static LabelledImages bars(int ofEach, long seed) {
        var random = new SplittableRandom(seed);
        int images = ofEach * FashionMnist.CLASSES;
        byte[] pixels = new byte[images * PIXELS];
        byte[] labels = new byte[images];
        random.nextBytes(pixels);
        for (int image = 0; image < images; image++) {
            labels[image] = (byte) (image % FashionMnist.CLASSES);
            int top = image * PIXELS;
            Arrays.fill(pixels, top, top + (2 + 2 * labels[image]) * FashionMnist.WIDTH, (byte) 255);
        }
        return LabelledImages.of(pixels, labels);
    }

    private static int right(UntrainedModel model, LabelledImages images) throws ModelRefusedException {
        ByteBuffer pixels = ByteBuffer.allocateDirect(images.size() * PIXELS);
        for (int i = 0; i < images.size(); i++) {
            pixels.put(images.image(i));
        }
        try (var classifier = ArchiveClassifier.open(
                model.archive(), model.draft().getInput(), ModelOutput.LOGITS, FashionMnist.CLASSES)) {
            float[][] probabilities = classifier.classify(pixels.flip(), images.size());
            int right = 0;
            for (int i = 0; i < images.size(); i++) {
                float own = probabilities[i][images.label(i)];
                boolean highest = true;
                for (float other : probabilities[i]) {
                    highest &= other <= own;
                }
                right += highest ? 1 : 0;
            }
            return right;
        }
    }

    @Test
    void shouldTellClassesApartByTheirExamples() throws Exception {
        LabelledImages others = bars(10, 2);

        assertThat(right(UntrainedModel.of("tiny", 7), others)).isLessThan(40);
        assertThat(right(UntrainedModel.knowing("tiny", 7, bars(5, 1)), others)).isGreaterThan(60);
    }
}
