package dev.hemline.classifier.image;

import java.nio.ByteBuffer;

/** Grey to colour and back. */
final class Channels {
    private Channels() {}

    static Raster convert(Raster picture, int channels) {
        if (picture.channels() == channels) {
            return picture;
        }
        return channels == 1 ? grey(picture) : tripled(picture);
    }

    /** Luma by ITU-R BT.601, the weights that most tools use for grey. */
    private static Raster grey(Raster colour) {
        byte[] grey = new byte[colour.width() * colour.height()];
        for (int y = 0, i = 0; y < colour.height(); y++) {
            for (int x = 0; x < colour.width(); x++, i++) {
                int luma = 299 * colour.sample(0, y, x) + 587 * colour.sample(1, y, x) + 114 * colour.sample(2, y, x);
                grey[i] = (byte) ((luma + 500) / 1000);
            }
        }
        return new Raster(1, colour.height(), colour.width(), ByteBuffer.wrap(grey));
    }

    private static Raster tripled(Raster grey) {
        ByteBuffer planes = ByteBuffer.allocate(3 * grey.width() * grey.height());
        for (int channel = 0; channel < 3; channel++) {
            planes.put(grey.samples().duplicate());
        }
        return new Raster(3, grey.height(), grey.width(), planes.flip());
    }
}
