package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageEncodingTest {

    private final byte[] pixels = Fixture.IMAGES.image(7);

    @Test
    void shouldLeaveRawPixelsAsTheyAre() {
        assertThat(ImageEncoding.GRAY8.encode(pixels, 28, 28)).isEqualTo(pixels);
    }

    @Test
    void shouldLoseNothingInPng() throws IOException {
        assertThat(decoded(ImageEncoding.PNG.encode(pixels, 28, 28))).isEqualTo(pixels);
    }

    @Test
    void shouldStayCloseInJpeg() throws IOException {
        byte[] decoded = decoded(ImageEncoding.JPEG.encode(pixels, 28, 28));

        double difference = 0;
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            difference += Math.abs((decoded[pixel] & 0xff) - (pixels[pixel] & 0xff));
        }
        assertThat(difference / pixels.length).isLessThan(8);
    }

    @Test
    void shouldEncodeAnImageOnlyOnce() {
        var settings = new ProducerSettings(0, 100, ImageEncoding.PNG, 1, 0, new LabelDelivery.None(), "test");
        EventSequence encoded = new EventSequence(settings, Fixture.IMAGES, Clock.systemUTC());

        assertThat(encoded.content(3)).isSameAs(encoded.content(3)).isNotEqualTo(encoded.content(4));
    }

    private static byte[] decoded(byte[] file) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        return (byte[]) image.getRaster().getDataElements(0, 0, 28, 28, null);
    }
}
