package dev.hemline.classifier.engine;

import dev.hemline.event.ImageFormat;
import dev.hemline.image.ImageEvents;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** An interlaced PNG of a few kB that takes some hundred milliseconds. */
final class HeavyPicture {
    private static final int SIDE = 5_000;
    private static final byte[] FILE = interlaced();

    private HeavyPicture() {}

    static byte[] event(String id) {
        return ImageEvents.bytes(ImageEvents.of(id, ImageFormat.PNG, 0, 0, FILE));
    }

    private static byte[] interlaced() {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam adam7 = writer.getDefaultWriteParam();
        adam7.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        var file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY);
            writer.write(null, new IIOImage(picture, null, null), adam7);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
