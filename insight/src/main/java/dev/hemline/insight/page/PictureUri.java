package dev.hemline.insight.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures as {@code data:} addresses, so that a page needs no file beside it. */
public final class PictureUri {
    private PictureUri() {}

    /** A PNG of that picture. */
    public static String of(BufferedImage picture) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written to", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    /**
     * A PNG of grey pixels.
     *
     * @param pixels width × height unsigned bytes, row-major
     */
    public static String ofGrey(byte[] pixels, int width, int height) {
        return of(grey(pixels, width, height));
    }

    /** Grey pixels as a picture; width × height unsigned bytes, row-major. */
    public static BufferedImage grey(byte[] pixels, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, width, height, pixels);
        return picture;
    }
}
