package dev.hemline.page;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelInput;
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
