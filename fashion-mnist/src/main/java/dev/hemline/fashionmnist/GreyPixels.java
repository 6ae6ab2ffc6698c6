package dev.hemline.fashionmnist;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleUnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The arithmetic of {@link Corruption}s on one picture, which stays as it is. */
final class GreyPixels {
    private static final int WHITE = 255;
    /** Further away a Gaussian weighs less than a grey level, even between black and white. */
    private static final int FURTHEST_SIGMAS = 3;

    private final byte[] pixels;
    private final int width;
    private final int height;

    GreyPixels(byte[] pixels, int width, int height) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
    }

    /** The nearest that there is, black to white. */
    private static byte grey(double brightness) {
        return (byte) Math.round(Math.max(0, Math.min(WHITE, brightness)));
    }

    /** Each pixel changed by itself. */
    static byte[] each(byte[] pixels, DoubleUnaryOperator change) {
        byte[] changed = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            changed[i] = grey(change.applyAsDouble(Byte.toUnsignedInt(pixels[i])));
        }
        return changed;
    }

    /**
     * Turned or scaled about the centre and then moved.
     *
     * @param along how far a step to the right in the new picture goes to the right in this one, and one down goes down
     * @param across how far a step down in the new picture goes to the right in this one, and one to the right goes up
     */
    byte[] moved(double along, double across, double toRight, double downwards) {
        byte[] moved = new byte[pixels.length];
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double right = x - centreX - toRight;
                double down = y - centreY - downwards;
                moved[y * width + x] = (byte) Math.round(
                        between(centreX + right * along + down * across, centreY + down * along - right * across));
            }
        }
        return moved;
    }

    /** The brightness at a point between pixels: of the four around it, each the more the nearer. */
    private double between(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double toRight = x - left;
        double toBottom = y - top;
        double above = pixel(left, top) * (1 - toRight) + pixel(left + 1, top) * toRight;
        double below = pixel(left, top + 1) * (1 - toRight) + pixel(left + 1, top + 1) * toRight;
        return above * (1 - toBottom) + below * toBottom;
    }

    private int pixel(int x, int y) {
        return x >= 0 && x < width && y >= 0 && y < height ? Byte.toUnsignedInt(pixels[y * width + x]) : 0;
    }

    /** Columns and then rows, which for a Gaussian is the same as both at once. */
    byte[] blurred(double sigma) {
        int reach = (int) Math.ceil(FURTHEST_SIGMAS * sigma);
        double[] weights = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double distance = (i - reach) / sigma;
            weights[i] = Math.exp(-distance * distance / 2);
            sum += weights[i];
        }
        double[] acrossRows = new double[pixels.length];
        byte[] blurred = new byte[pixels.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int i = 0; i < weights.length; i++) {
                    int at = Math.max(0, Math.min(height - 1, y + i - reach));
                    acrossRows[y * width + x] += weights[i] / sum * Byte.toUnsignedInt(pixels[at * width + x]);
                }
            }
            for (int x = 0; x < width; x++) {
                double brightness = 0;
                for (int i = 0; i < weights.length; i++) {
                    int at = Math.max(0, Math.min(width - 1, x + i - reach));
                    brightness += weights[i] / sum * acrossRows[y * width + at];
                }
                blurred[y * width + x] = grey(brightness);
            }
        }
        return blurred;
    }

    byte[] upsideDown() {
        byte[] flipped = new byte[pixels.length];
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, flipped, (height - 1 - y) * width, width);
        }
        return flipped;
    }

    /** Saved as a JPEG and read again. */
    byte[] throughJpeg(double quality) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var file = new ByteArrayOutputStream(1024);
        try (var out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality((float) (quality / 100));
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
            out.flush();
            var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.toByteArray()));
            return (byte[]) ImageIO.read(in).getRaster().getDataElements(0, 0, width, height, null);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory cannot fail", e);
        } finally {
            writer.dispose();
        }
    }
}
