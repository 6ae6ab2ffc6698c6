package dev.hemline.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageFormat;
import java.util.Map;
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
        Map<String, String> names = Map.ofEntries(
                Map.entry("\0\0\0\0ftypheic", "a HEIC file"),
                Map.entry("\0\0\0\0ftypavif", "an AVIF file"),
                Map.entry("II*\0", "a TIFF file, or a camera's raw one"),
                Map.entry("\u00ff\n", "a JPEG XL file"),
                Map.entry("8BPS", "a Photoshop file"),
                Map.entry("%PDF-1.7", "a PDF file"),
                Map.entry("\0\0\1\0", "an ICO file"),
                Map.entry("\u001f\u008b", "a gzip file, to be unpacked"),
                Map.entry(
                        "\u00ef\u00bb\u00bf\n<!DOCTYPE HTML>",
                        "a web page, as servers send in place of what they do not have"),
                Map.entry("<svg width", "an SVG drawing"),
                Map.entry("{", "JSON text"),
                Map.entry("iVBORw0KGgoAAA", "a picture as base64 text, to be decoded"));

        names.forEach((content, name) -> assertThatThrownBy(() -> FormatDetection.of(bytes(content)))
                .isInstanceOf(UnfitImageException.class)
                .hasMessage("This is " + name + ", which is not read; send a PNG, JPEG, GIF, BMP or WebP file"));
    }

    @Test
    void shouldSayThatSomethingIsNoPicture() {
        assertThatThrownBy(() -> FormatDetection.of(bytes("hello")))
                .isInstanceOf(UnfitImageException.class)
                .hasMessageStartingWith("This is no picture file");
        assertThatThrownBy(() -> FormatDetection.of(new byte[0])).hasMessageStartingWith("The file is empty");
    }
}
