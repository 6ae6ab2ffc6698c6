package dev.hemline.benchmarks.scale;

import dev.hemline.event.ImageFormat;
import dev.hemline.fashionmnist.LabelledImages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Pictures of a wanted size, a few, which come again and again. */
final class Pictures {
    private static final int RAW = 1000;
    private static final int FILES = 8;

    /** A first guess; what follows corrects it. */
    private static final double BYTES_PER_PIXEL = 0.3;

    private static final double SMALLEST = 0.9;
    private static final double AIM = 0.96;
    private static final int ATTEMPTS = 12;

    private final ImageFormat format;
    private final int side;
    private final List<ByteBuffer> contents;

    private Pictures(ImageFormat format, int side, List<ByteBuffer> contents) {
        this.format = format;
        this.side = side;
        this.contents = contents;
    }

    /** The raw pixels if they are so many bytes, or else JPEG files of at most that and not much less. */
    static Pictures of(LabelledImages images, int bytes) {
        if (bytes == images.width() * images.height()) {
            return new Pictures(
                    ImageFormat.GRAY8,
                    images.width(),
                    IntStream.range(0, Math.min(RAW, images.size()))
                            .mapToObj(i -> ByteBuffer.wrap(images.image(i)))
                            .toList());
        }
        int side = (int) Math.sqrt(bytes / BYTES_PER_PIXEL);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int width = side;
            List<ByteBuffer> files = IntStream.range(0, FILES)
                    .mapToObj(i -> ByteBuffer.wrap(JpegPhoto.of(images, i, width)))
                    .toList();
            int largest = files.stream().mapToInt(ByteBuffer::capacity).max().orElseThrow();
            if (largest <= bytes && largest >= SMALLEST * bytes) {
                return new Pictures(ImageFormat.JPEG, width, files);
            }
            side = (int) Math.round(side * Math.sqrt(AIM * bytes / largest));
        }
        throw new IllegalStateException("no JPEG file comes near " + bytes + " bytes");
    }

    ImageFormat format() {
        return format;
    }

    /** Width and height in pixels. */
    int side() {
        return side;
    }

    /** The content of the n-th event; not to be changed. */
    ByteBuffer content(long n) {
        return contents.get((int) (n % contents.size())).duplicate();
    }
}
