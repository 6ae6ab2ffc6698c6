package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ImageFormat;
import dev.hemline.fashionmnist.LabelledImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
    private static final int IMAGES = 20;
    private static final int RAW_BYTES = 784;

    private final LabelledImages images = images();

    private static LabelledImages images() {
        byte[] pixels = new byte[IMAGES * RAW_BYTES];
        new Random(1).nextBytes(pixels);
        return LabelledImages.of(pixels, new byte[IMAGES]);
    }

    @Test
    void shouldTakePixelsAsTheyAreWhereTheyAreWanted() {
        Pictures raw = Pictures.of(images, RAW_BYTES);

        assertThat(raw.format()).isEqualTo(ImageFormat.GRAY8);
        assertThat(raw.side()).isEqualTo(28);
        assertThat(raw.content(IMAGES + 3).array()).isEqualTo(images.image(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 10_000, 100_000})
    void shouldMakeFilesOfAboutTheWantedSize(int bytes) throws IOException {
        Pictures files = Pictures.of(images, bytes);

        byte[] file = files.content(1).array();
        assertThat(files.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(file.length).isBetween(bytes / 2, bytes);
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(decoded.getWidth()).isEqualTo(files.side());
        assertThat(decoded.getHeight()).isEqualTo(files.side());
    }
}
