package dev.hemline.control.publish;

import dev.hemline.event.ModelInput;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.ModelPublisher;
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
    private static final int MOST = 8;
    private static final long SEED = 1;
    /** Pixels across and down that are alike in images of which not even one has room as it is. */
    private static final int BLOCK = 8;

    private GoldenImages() {}

    /** Whether an image is larger than a record, so that it has to be compressed on its way. */
    static boolean areLarge(ModelInput input) {
        return bytes(input) > ModelChunks.LARGEST_BYTES;
    }

    private static long bytes(ModelInput input) {
        return (long) input.getChannels() * input.getHeight() * input.getWidth();
    }

    /** @throws UserError if no manifest has room for a single image */
    static void requireRoom(ModelInput input) {
        if (bytes(input) > ModelPublisher.LARGEST_MANIFEST_BYTES) {
            throw new UserError("--input " + input.getChannels() + "x" + input.getHeight() + "x" + input.getWidth()
                    + " is " + bytes(input) + " bytes an image, and a manifest has room for a golden image of "
                    + ModelPublisher.LARGEST_MANIFEST_BYTES + " at most; give the network smaller images");
        }
    }

    /** As many as a manifest may have room for; publishing leaves out what does not fit to the byte. */
    private static int count(ModelInput input) {
        return (int) Math.max(1, Math.min(MOST, ModelChunks.LARGEST_BYTES / bytes(input)));
    }

    /** The same noise each time, as many bytes as the input has. */
    static List<byte[]> random(ModelInput input) {
        Random random = new Random(SEED);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < count(input); i++) {
            byte[] pixels = new byte[(int) bytes(input)];
            random.nextBytes(pixels);
            images.add(compressible(pixels, input));
        }
        return images;
    }

    /** A large image in blocks that are alike, which compresses to a thirtieth; others as they are. */
    private static byte[] compressible(byte[] pixels, ModelInput input) {
        if (!areLarge(input)) {
            return pixels;
        }
        int width = input.getWidth();
        for (int i = 0; i < pixels.length; i++) {
            int column = i % width;
            int row = i / width % input.getHeight();
            pixels[i] = pixels[i - column % BLOCK - row % BLOCK * width];
        }
        return pixels;
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
                BufferedImage picture = images.size() < count(input) ? ImageIO.read(file.toFile()) : null;
                if (picture != null) {
                    images.add(compressible(pixels(picture, input), input));
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
