package dev.hemline.page;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelInput;
import dev.hemline.event.Sample;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageLimits;
import dev.hemline.image.UnfitImageException;
import java.nio.ByteBuffer;

/**
 * A picture as the model sees it: in its size and channels, only smaller where that is large.
 *
 * @param pixels channels × height × width bytes, channel after channel; JSON has them in base 64
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
record Thumbnail(int channels, int height, int width, byte[] pixels) {
    private static final int LONGEST_SIDE = 96;
    /** Larger ones are not worth the time of a page; the stream itself decodes them all the same. */
    private static final ImageDecoder DECODER = new ImageDecoder(new ImageLimits(4 << 20, 12_000_000));

    /** Whether it has as many pixels as its sides say; anybody may write one. */
    static boolean isWhole(Sample sample) {
        int pixels = sample.getPixels().remaining();
        return isSide(sample.getChannels(), pixels)
                && isSide(sample.getHeight(), pixels)
                && isSide(sample.getWidth(), pixels)
                && pixels % sample.getWidth() == 0
                && (long) sample.getChannels() * sample.getHeight() == pixels / sample.getWidth();
    }

    /** Three of any size might come to the right number beyond what a long has room for. */
    private static boolean isSide(int side, int pixels) {
        return side > 0 && side <= pixels;
    }

    /** Of one that is large, every second or third pixel and so on; it has as many as its sides have. */
    static Thumbnail of(Sample sample) {
        int step = (Math.max(sample.getHeight(), sample.getWidth()) + LONGEST_SIDE - 1) / LONGEST_SIDE;
        int channels = Math.min(3, sample.getChannels());
        int height = (sample.getHeight() + step - 1) / step;
        int width = (sample.getWidth() + step - 1) / step;
        ByteBuffer all = sample.getPixels();
        var pixels = ByteBuffer.allocate(channels * height * width);
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    int line = channel * sample.getHeight() + row * step;
                    pixels.put(all.get(all.position() + line * sample.getWidth() + column * step));
                }
            }
        }
        return new Thumbnail(channels, height, width, pixels.array());
    }

    static Thumbnail of(ImageEvent event, ModelInput model) throws UnfitImageException {
        ModelInput size = ModelInput.newBuilder(model)
                .setChannels(model.getChannels() == 1 ? 1 : 3)
                .setHeight(Math.min(LONGEST_SIDE, model.getHeight()))
                .setWidth(Math.min(LONGEST_SIDE, model.getWidth()))
                .build();
        var pixels = ByteBuffer.allocate(size.getChannels() * size.getHeight() * size.getWidth());
        DECODER.decode(event, size, pixels);
        return new Thumbnail(size.getChannels(), size.getHeight(), size.getWidth(), pixels.array());
    }
}
