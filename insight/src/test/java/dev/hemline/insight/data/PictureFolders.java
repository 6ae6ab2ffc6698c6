package dev.hemline.insight.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/** Folders of drawn shapes, white on black, a class each. */
public final class PictureFolders {
    /** The classes there are, sorted. */
    public static final List<String> SHAPES = List.of("bar", "disc", "frame");

    private static final int SIDE = 40;

    private PictureFolders() {}

    /** Draws pictures of each class into {@code folder/CLASS/}, as PNG and JPEG files in turn. */
    public static void draw(Path folder, int ofEachClass) {
        Random random = new Random(1);
        for (String shape : SHAPES) {
            for (int i = 0; i < ofEachClass; i++) {
                draw(folder.resolve(shape), shape, i, random);
            }
        }
    }

    private static void draw(Path folder, String shape, int number, Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        int left = random.nextInt(10);
        int top = random.nextInt(10);
        int size = 20 + random.nextInt(10);
        switch (shape) {
            case "bar" -> graphics.fillRect(left, top, size, 4);
            case "disc" -> graphics.fillOval(left, top, size, size);
            default -> graphics.drawRect(left, top, size, size);
        }
        graphics.dispose();
        String format = number % 2 == 0 ? "png" : "jpg";
        try {
            Files.createDirectories(folder);
            ImageIO.write(
                    image,
                    format,
                    folder.resolve(String.format(Locale.ROOT, "%03d.%s", number, format))
                            .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
