package dev.hemline.classifier.image;

import dev.hemline.classifier.outcome.Rejection;
import dev.hemline.event.ImageFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads picture files with the JDK's own readers, the size first, so that a small file cannot claim all memory. */
final class EncodedPictures {
    static {
        // The default writes every picture to a temporary file first.
        ImageIO.setUseCache(false);
    }

    private EncodedPictures() {}

    static Raster read(ImageFormat format, ByteBuffer content, ImageLimits limits) throws UnfitImageException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        ImageReader reader = reader(format);
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            if (!reader.getOriginatingProvider().canDecodeInput(stream)) {
                throw new UnfitImageException(
                        Rejection.UNDECODABLE_IMAGE, "The content does not start like a " + format + " file");
            }
            reader.setInput(stream, true, true);
            requireWithin(limits, reader.getWidth(0), reader.getHeight(0));
            return raster(reader.read(0));
        } catch (IOException | RuntimeException e) {
            // On damaged files the readers throw nearly every unchecked exception there is.
            throw new UnfitImageException(
                    Rejection.UNDECODABLE_IMAGE, "The content is no whole, undamaged " + format + " file: " + e, e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(ImageFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("This JDK has no reader for " + format + " (module java.desktop)");
        }
        return readers.next();
    }

    private static void requireWithin(ImageLimits limits, int width, int height) throws UnfitImageException {
        if ((long) width * height > limits.maxPixels()) {
            throw new UnfitImageException(
                    Rejection.TOO_LARGE,
                    "The file's header says " + width + " x " + height + " pixels, at most " + limits.maxPixels()
                            + " are decoded; send a smaller picture");
        }
    }

    private static Raster raster(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            byte[] grey = new byte[width * height];
            image.getRaster().getDataElements(0, 0, width, height, grey);
            return new Raster(1, height, width, ByteBuffer.wrap(grey));
        }
        return colour(image, width, height);
    }

    /** Transparent pixels show white, as a page would. */
    private static Raster colour(BufferedImage image, int width, int height) {
        BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = opaque.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        int[] pixels = opaque.getRGB(0, 0, width, height, null, 0, width);
        byte[] planes = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            planes[i] = (byte) (pixels[i] >> 16);
            planes[pixels.length + i] = (byte) (pixels[i] >> 8);
            planes[2 * pixels.length + i] = (byte) pixels[i];
        }
        return new Raster(3, height, width, ByteBuffer.wrap(planes));
    }
}
