package dev.hemline.trainer.training;

import dev.hemline.model.serving.ImageClassifier;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reminds a network that is refreshed of what it answered before (Li and Hoiem, <em>Learning without forgetting</em>, 2016): it answers about the anchor
 * images of a batch, every other one, and leaves traffic to its labels.
 *
 * @param before the network as it served
 * @param imageSize bytes of an image
 */
record AnchorTeacher(ImageClassifier before, int imageSize) implements Teacher {
    @Override
    public float[][] answer(ByteBuffer pixels, int n) {
        int anchors = (n + 1) / 2;
        byte[] asked = new byte[anchors * imageSize];
        for (int i = 0; i < anchors; i++) {
            pixels.duplicate().position(2 * i * imageSize).get(asked, i * imageSize, imageSize);
        }
        float[][] said = before.classify(ByteBuffer.wrap(asked), anchors);
        float[][] answers = new float[n][];
        Arrays.setAll(answers, i -> i % 2 == 0 ? said[i / 2] : new float[] {});
        return answers;
    }
}
