package dev.hemline.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside the JDK's reader, which holds whole pictures. */
class PngRowsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1", "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "2, 16", "3, 1", "3, 2", "3, 4", "3, 8", "4, 8", "4, 16",
        "6, 8", "6, 16"
    })
    void shouldReadWhatTheJdkReads(int colours, int bits) throws Exception {
        Random random = new Random(colours * 100L + bits);
        for (int i = 0; i < 60; i++) {
            byte[] png =
                    TestPictures.png(1 + random.nextInt(20), 1 + random.nextInt(20), bits, colours, i % 2 == 1, random);

            PixelRows theirs = ImageRows.of(ImageIO.read(new ByteArrayInputStream(png)));
            int height = theirs.height();
            int width = theirs.width();

            assertThat(colours(rows(png), height, width)).isEqualTo(colours(theirs, height, width));
            assertThat(colours(rows(png), 7, 11)).isEqualTo(colours(theirs, 7, 11));
        }
    }

    private static PixelRows rows(byte[] png) throws IOException {
        return PictureFile.open(ImageFormat.PNG, png).rows();
    }

    /** The JDK has palettes for some greys. */
    private static byte[] colours(PixelRows rows, int height, int width) {
        var input = new ModelInput(3, height, width, List.of(0f), List.of(1f), false);
        var pixels = ByteBuffer.allocate(3 * height * width);
        new Picture(rows, Orientation.UPRIGHT).scale(input, pixels);
        return pixels.array();
    }
}
