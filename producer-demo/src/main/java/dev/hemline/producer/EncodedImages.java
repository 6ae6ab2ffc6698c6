package dev.hemline.producer;

import dev.hemline.fashionmnist.LabelledImages;
import java.util.HashMap;
import java.util.Map;

/** Images in one encoding, each encoded when it is first asked for and kept: the stream comes round to it again. */
final class EncodedImages {

    private final LabelledImages images;
    private final ImageEncoding encoding;
    private final Map<Integer, byte[]> contents = new HashMap<>();

    EncodedImages(LabelledImages images, ImageEncoding encoding) {
        this.images = images;
        this.encoding = encoding;
    }

    /** The encoded image; the array itself, which nobody may change. */
    byte[] content(int index) {
        return contents.computeIfAbsent(
                index, absent -> encoding.encode(images.image(absent), images.width(), images.height()));
    }
}
