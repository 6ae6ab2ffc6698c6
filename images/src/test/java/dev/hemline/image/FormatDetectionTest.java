package dev.hemline.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageFormat;
import org.junit.jupiter.api.Test;

class FormatDetectionTest {
    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Test
    void shouldTellAFormatByItsFirstBytes() throws Exception {
        assertThat(FormatDetection.of(bytes("\u0089PNG\r\n\u001a\n..."))).isEqualTo(ImageFormat.PNG);
        assertThat(FormatDetection.of(bytes("\u00ff\u00d8\u00ff\u00e0..."))).isEqualTo(ImageFormat.JPEG);
        assertThat(FormatDetection.of(bytes("RIFF\0\0\0\0WEBPVP8 "))).isEqualTo(ImageFormat.WEBP);
    }

    @Test
    void shouldNameAFormatThatIsNotRead() {
        assertThatThrownBy(() -> FormatDetection.of(bytes("\0\0\0\0ftypheic")))
                .isInstanceOf(UnfitImageException.class)
                .hasMessage("This is a HEIC file, which is not read; send a PNG, JPEG, GIF, BMP or WebP file");
    }

    @Test
    void shouldSayThatSomethingIsNoPicture() {
        assertThatThrownBy(() -> FormatDetection.of(bytes("<html>")))
                .isInstanceOf(UnfitImageException.class)
                .hasMessageStartingWith("This is no picture file");
    }
}
