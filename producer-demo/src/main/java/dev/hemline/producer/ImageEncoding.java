package dev.hemline.producer;

import dev.hemline.event.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The ways in which events of this producer hold their picture. */
public enum ImageEncoding {
    /** Raw bytes, row-major. */
    GRAY8(ImageFormat.GRAY8),
    /** A PNG file of 8-bit grey. */
    PNG(ImageFormat.PNG),
    /** A JPEG file of 8-bit grey; lossy. */
    JPEG(ImageFormat.JPEG);

    private final ImageFormat format;

    ImageEncoding(ImageFormat format) {
        this.format = format;
    }

    /** The name of this encoding in events. */
    ImageFormat format() {
        return format;
    }

    /** Encodes height × width grey bytes. */
    public byte[] encode(byte[] pixels, int width, int height) {
        return this == GRAY8 ? pixels : file(pixels, width, height);
    }

    private byte[] file(byte[] pixels, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, name(), out)) {
                throw new IllegalStateException("this Java has no writer for " + name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
