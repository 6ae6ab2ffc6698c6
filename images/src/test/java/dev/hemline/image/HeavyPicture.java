package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.awt.image.BufferedImage;

/** A GIF of a few kB that takes some hundred milliseconds. */
public final class HeavyPicture {
    private static final byte[] FILE =
            TestPictures.file("GIF", new BufferedImage(5_000, 5_000, BufferedImage.TYPE_BYTE_BINARY));

    private HeavyPicture() {}

    public static byte[] event(String id) {
        return ImageEvents.bytes(ImageEvents.of(id, ImageFormat.GIF, 0, 0, FILE));
    }
}
