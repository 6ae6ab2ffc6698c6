package dev.hemline.insight.page;

import dev.hemline.fashionmnist.LabelledImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures as {@code data:} addresses, so that a page needs no file beside it. */
public final class DataUri {
    private DataUri() {}

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
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, width, height, pixels);
        return of(picture);
    }

    /** One image of a set. */
    public static String ofImage(LabelledImages images, int place) {
        return ofGrey(images.image(place), images.width(), images.height());
    }

    /**
     * Several images of a set in one row, as one picture: a page with a thousand small ones is slow.
     *
     * @param places which images, from left to right; at least one
     */
    public static String ofRow(LabelledImages images, List<Integer> places) {
        int width = images.width();
        int height = images.height();
        BufferedImage sheet = new BufferedImage(width * places.size(), height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < places.size(); i++) {
            sheet.getRaster().setDataElements(i * width, 0, width, height, images.image(places.get(i)));
        }
        return of(sheet);
    }
}
