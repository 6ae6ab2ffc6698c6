package dev.hemline.control.publish;

import dev.hemline.event.ModelInput;
import dev.hemline.service.UserError;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Pictures for a golden batch. Any will do to tell that another machine runs the same function; real ones show it where
 * it matters.
 */
final class GoldenImages {
    private static final int COUNT = 8;
    private static final long SEED = 1;

    private GoldenImages() {}

    /** The same noise each time, as many bytes as the input has. */
    static List<byte[]> random(ModelInput input) {
        Random random = new Random(SEED);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            byte[] pixels = new byte[input.getChannels() * input.getHeight() * input.getWidth()];
            random.nextBytes(pixels);
            images.add(pixels);
        }
        return images;
    }

    /**
     * The first pictures of a folder by name, scaled to the input.
     *
     * @throws UserError if there is none that Java can read
     */
    static List<byte[]> read(Path folder, ModelInput input) {
        List<byte[]> images = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                BufferedImage picture = images.size() < COUNT ? ImageIO.read(file.toFile()) : null;
                if (picture != null) {
                    images.add(pixels(picture, input));
                }
            }
        } catch (IOException e) {
            throw new UserError("Cannot read --golden-images " + folder + ": " + e, e);
        }
        if (images.isEmpty()) {
            throw new UserError("There is no PNG, JPEG, GIF or BMP picture in --golden-images " + folder);
        }
        return images;
    }

    /** Channel by channel, as models take them. */
    private static byte[] pixels(BufferedImage picture, ModelInput input) {
        int width = input.getWidth();
        int height = input.getHeight();
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        byte[] pixels = new byte[input.getChannels() * height * width];
        for (int i = 0; i < height * width; i++) {
            int rgb = scaled.getRGB(i % width, i / width);
            int red = rgb >> 16 & 0xFF;
            int green = rgb >> 8 & 0xFF;
            int blue = rgb & 0xFF;
            if (input.getChannels() == 1) {
                pixels[i] = (byte) Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
            } else {
                pixels[i] = (byte) red;
                pixels[i + height * width] = (byte) green;
                pixels[i + 2 * height * width] = (byte) blue;
            }
        }
        return pixels;
    }
}
