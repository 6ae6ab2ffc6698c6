package dev.hemline.benchmarks.scale;

import dev.hemline.fashionmnist.LabelledImages;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A JPEG file such as a camera would make of one of the dataset's images. */
final class JpegPhoto {
    /** A camera's noise; a file of so many pixels would be small without. */
    private static final int GRAIN = 12;

    private static final int BYTE = 0xFF;

    private JpegPhoto() {}

    /** A file of side × side pixels, in colour though all of them are grey; the same each time. */
    static byte[] of(LabelledImages images, int index, int side) {
        BufferedImage photo = enlarged(images, index, side);
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

    private static BufferedImage enlarged(LabelledImages images, int index, int side) {
        var small = new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_BYTE_GRAY);
        small.getRaster().setDataElements(0, 0, images.width(), images.height(), images.image(index));
        var photo = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = photo.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(small, 0, 0, side, side, null);
        canvas.dispose();
        return photo;
    }

    private static void addGrain(BufferedImage photo, SplittableRandom random) {
        int width = photo.getWidth();
        int[] row = new int[width];
        for (int y = 0; y < photo.getHeight(); y++) {
            photo.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int grey = (row[x] & BYTE) + random.nextInt(-GRAIN, GRAIN + 1);
                int kept = Math.max(0, Math.min(BYTE, grey));
                row[x] = kept << 16 | kept << 8 | kept;
            }
            photo.setRGB(0, y, width, 1, row, 0, width);
        }
    }
}
