package dev.hemline.insight.page;

import dev.hemline.fashionmnist.LabelledImages;
import java.awt.image.BufferedImage;
import java.util.List;

/** Several images of a set in one row, as one picture. */
public final class ContactSheet {
    private ContactSheet() {}

    /**
     * One picture for all: a page with a thousand small ones is slow.
     *
     * @param places which images, from left to right; at least one
     */
    public static String row(LabelledImages images, List<Integer> places) {
        int width = images.width();
        int height = images.height();
        BufferedImage sheet = new BufferedImage(width * places.size(), height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < places.size(); i++) {
            sheet.getRaster().setDataElements(i * width, 0, width, height, images.image(places.get(i)));
        }
        return PictureUri.of(sheet);
    }

    /** One image. */
    public static String single(LabelledImages images, int place) {
        return PictureUri.ofGrey(images.image(place), images.width(), images.height());
    }
}
