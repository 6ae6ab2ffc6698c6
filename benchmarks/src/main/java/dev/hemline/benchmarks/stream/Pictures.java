package dev.hemline.benchmarks.stream;

import dev.hemline.event.ImageFormat;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.producer.ImageEncoding;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures of a wanted size, a few, which come again and again.
 *
 * @param side width and height in pixels
 */
record Pictures(ImageFormat format, int side, List<ByteBuffer> contents) {
    /** Stands for a number of bytes: files that lose nothing, as many bytes as each takes. */
    static final int PNG_FILES = 0;

    private static final int RAW = 1000;
    private static final int FILES = 8;

    /** A first guess; what follows corrects it. */
    private static final double BYTES_PER_PIXEL = 0.3;

    private static final double SMALLEST = 0.9;
    private static final double AIM = 0.96;
    private static final int ATTEMPTS = 12;

    /** A camera's noise; a file of so many pixels would be small without. */
    private static final int GRAIN = 12;

    private static final int BYTE = 0xFF;

    /** The raw pixels if they are so many bytes, or else JPEG files of at most that and not much less; or PNG files. */
    static Pictures of(LabelledImages images, int bytes) {
        if (bytes == PNG_FILES) {
            return new Pictures(ImageFormat.PNG, images.width(), encoded(images, ImageEncoding.PNG));
        }
        if (bytes == images.width() * images.height()) {
            return new Pictures(ImageFormat.GRAY8, images.width(), encoded(images, ImageEncoding.GRAY8));
        }
        int side = (int) Math.sqrt(bytes / BYTES_PER_PIXEL);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int width = side;
            List<ByteBuffer> files = IntStream.range(0, FILES)
                    .mapToObj(i -> ByteBuffer.wrap(photo(images, i, width)))
                    .toList();
            int largest = files.stream().mapToInt(ByteBuffer::capacity).max().orElseThrow();
            if (largest <= bytes && largest >= SMALLEST * bytes) {
                return new Pictures(ImageFormat.JPEG, width, files);
            }
            side = (int) Math.round(side * Math.sqrt(AIM * bytes / largest));
        }
        throw new IllegalStateException("no JPEG file comes near " + bytes + " bytes");
    }

    private static List<ByteBuffer> encoded(LabelledImages images, ImageEncoding encoding) {
        return IntStream.range(0, Math.min(RAW, images.size()))
                .mapToObj(i -> encoding.encode(images.image(i), images.width(), images.height()))
                .map(ByteBuffer::wrap)
                .toList();
    }

    /** The content of the n-th event; not to be changed. */
    ByteBuffer content(long n) {
        return contents.get((int) (n % contents.size())).duplicate();
    }

    /** A JPEG file such as a camera would make of one of the images, in colour though all of it is grey; the same each time. */
    private static byte[] photo(LabelledImages images, int index, int side) {
        var small = new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_BYTE_GRAY);
        small.getRaster().setDataElements(0, 0, images.width(), images.height(), images.image(index));
        var photo = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = photo.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(small, 0, 0, side, side, null);
        canvas.dispose();
        addGrain(photo, new SplittableRandom(index));
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(photo, "jpeg", out)) {
                throw new IllegalStateException("this Java has no writer for JPEG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void addGrain(BufferedImage photo, SplittableRandom random) {
        int side = photo.getWidth();
        int[] pixels = photo.getRGB(0, 0, side, side, null, 0, side);
        for (int i = 0; i < pixels.length; i++) {
            int grey = (pixels[i] & BYTE) + random.nextInt(-GRAIN, GRAIN + 1);
            int kept = Math.max(0, Math.min(BYTE, grey));
            pixels[i] = kept << 16 | kept << 8 | kept;
        }
        photo.setRGB(0, 0, side, side, pixels, 0, side);
    }
}
