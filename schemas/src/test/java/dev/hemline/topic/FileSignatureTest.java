package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FileSignatureTest {
    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    @Test
    void shouldTellWhatEventsCallAFileThatIsRead() {
        assertThat(FileSignature.of(bytes("GIF89a")).flatMap(FileSignature::format))
                .contains(ImageFormat.GIF);
        assertThat(FileSignature.of(bytes("%PDF-1.7")).flatMap(FileSignature::format))
                .isEmpty();
    }

    @Test
    void shouldTakeNothingForAWebpThatOnlyNamesOne() {
        assertThat(FileSignature.of(bytes("RIFF\0\0\0\0WEBPVP8 "))).contains(FileSignature.WEBP);
        assertThat(FileSignature.of(bytes("\0\0\0\7\1\nmy-WEBP-1"))).isEmpty();
    }

    @Test
    void shouldLeaveABufferWhereItIs() {
        ByteBuffer file = bytes("..BM").position(2);

        assertThat(FileSignature.of(file)).contains(FileSignature.BMP);
        assertThat(file.position()).isEqualTo(2);
    }
}
