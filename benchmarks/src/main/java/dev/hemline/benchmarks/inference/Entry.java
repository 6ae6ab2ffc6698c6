package dev.hemline.benchmarks.inference;

import dev.hemline.benchmarks.tournament.Contender;
import dev.hemline.model.serving.ImageClassifier;
import java.nio.ByteBuffer;

/**
 * A classifier that is measured with one batch size.
 *
 * @param contender its name
 * @param batch images per call
 */
record Entry(String contender, ImageClassifier classifier, int batch) {

    /** @param pixels images to classify again and again, at least a batch of them */
    Contender with(ByteBuffer pixels) {
        return new Contender(contender + ", batch " + batch, batch, timer -> {
            do {
                classifier.classify(pixels, batch);
            } while (timer.stepped());
        });
    }
}
