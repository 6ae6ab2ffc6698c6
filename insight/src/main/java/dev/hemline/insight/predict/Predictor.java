package dev.hemline.insight.predict;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import dev.hemline.image.FormatDetection;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageLimits;
import dev.hemline.image.UnfitImageException;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.topic.Rejection;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Asks a model about pictures exactly as the stream does: same decoder, same scaling, same network. */
final class Predictor {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    private final ImageClassifier classifier;
    private final ChosenModel model;
    private final boolean invert;

    /** @param invert whether to turn light into dark and dark into light before the model looks */
    Predictor(ImageClassifier classifier, ChosenModel model, boolean invert) {
        this.classifier = classifier;
        this.model = model;
        this.invert = invert;
    }

    /**
     * @param content of a PNG, JPEG, GIF, BMP or WebP file
     * @throws UnfitImageException if it is none, or a damaged one
     */
    Prediction predict(String name, byte[] content) throws UnfitImageException {
        ModelInput input = model.input();
        byte[] pixels = new byte[input.getChannels() * input.getHeight() * input.getWidth()];
        DECODER.decode(event(name, content), input, ByteBuffer.wrap(pixels));
        if (invert) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (255 - (pixels[i] & 0xff));
            }
        }
        return Prediction.of(model, name, classifier.classify(ByteBuffer.wrap(pixels), 1)[0]);
    }

    private static ImageEvent event(String name, byte[] content) throws UnfitImageException {
        if (content.length == 0) {
            throw new UnfitImageException(Rejection.SIZE_MISMATCH, "it is empty");
        }
        ImageFormat format = FormatDetection.find(content)
                .orElseThrow(() -> new UnfitImageException(
                        Rejection.UNSUPPORTED_FORMAT, "it is no PNG, JPEG, GIF, BMP or WebP picture"));
        return new ImageEvent(name, "predict", Instant.now(), format, 0, 0, ByteBuffer.wrap(content), null);
    }
}
