package dev.hemline.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import dev.hemline.topic.Rejection;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(10_000, 5_000));

    private static ModelInput input(int channels, int height, int width) {
        return new ModelInput(channels, height, width, List.of(0f), List.of(1f), false);
    }

    private int[] decode(ImageEvent event, ModelInput input) throws UnfitImageException {
        ByteBuffer target = ByteBuffer.allocate(input.getChannels() * input.getHeight() * input.getWidth());
        decoder.decode(event, input, target);
        assertThat(target.hasRemaining()).isFalse();
        int[] samples = new int[target.capacity()];
        Arrays.setAll(samples, i -> target.get(i) & 0xFF);
        return samples;
    }

    private Rejection rejection(ImageEvent event) {
        var refused = catchThrowableOfType(UnfitImageException.class, () -> decode(event, input(1, 2, 2)));
        assertThat(refused).isNotNull();
        return refused.reason();
    }

    private static byte[] file(ImageFormat format, int width, int height, int... rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return file(format.name(), image);
    }

    private static byte[] file(String format, BufferedImage image) {
        var out = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(image, format, out)).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    @Test
    void shouldTakeGreyPixelsAsTheyAre() throws Exception {
        ImageEvent event = ImageEvents.grey("a", 2, 2, (byte) 0, (byte) 1, (byte) 200, (byte) 255);

        assertThat(decode(event, input(1, 2, 2))).containsExactly(0, 1, 200, 255);
    }

    @Test
    void shouldSeparateTheColoursOfRawPixels() throws Exception {
        ImageEvent event =
                ImageEvents.of("a", ImageFormat.RGB8, 2, 1, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6);

        assertThat(decode(event, input(3, 1, 2))).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void shouldWeighColoursAsTheEyeDoesWhenTheModelTakesGrey() throws Exception {
        ImageEvent event = ImageEvents.of(
                "a",
                ImageFormat.RGB8,
                3,
                1,
                (byte) 255,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 255,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 255);

        assertThat(decode(event, input(1, 1, 3))).containsExactly(76, 150, 29);
    }

    @Test
    void shouldRepeatGreyWhenTheModelTakesColour() throws Exception {
        assertThat(decode(ImageEvents.grey("a", 2, 1, (byte) 7, (byte) 8), input(3, 1, 2)))
                .containsExactly(7, 8, 7, 8, 7, 8);
    }

    @Test
    void shouldAverageTheAreaThatAPixelCoversWhenScalingDown() throws Exception {
        ImageEvent event = ImageEvents.grey("a", 3, 2, (byte) 0, (byte) 30, (byte) 60, (byte) 0, (byte) 30, (byte) 60);

        // two columns of one and a half source columns each: (0 + 30 / 2) / 1.5 and (30 / 2 + 60) / 1.5
        assertThat(decode(event, input(1, 1, 2))).containsExactly(10, 50);
    }

    @Test
    void shouldRepeatPixelsWhenScalingUp() throws Exception {
        assertThat(decode(ImageEvents.grey("a", 1, 1, (byte) 99), input(1, 2, 2)))
                .containsOnly(99);
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "GIF", "BMP"})
    void shouldReadLosslessFiles(ImageFormat format) throws Exception {
        byte[] content = file(format, 2, 1, 0xFF0000, 0x0000FF);

        assertThat(decode(ImageEvents.of("a", format, 0, 0, content), input(3, 1, 2)))
                .containsExactly(255, 0, 0, 0, 0, 255);
    }

    @Test
    void shouldReadJpegFiles() throws Exception {
        byte[] content = file(ImageFormat.JPEG, 2, 2, 0x808080, 0x808080, 0x808080, 0x808080);

        int[] greys = decode(ImageEvents.of("a", ImageFormat.JPEG, 0, 0, content), input(1, 2, 2));

        assertThat(Arrays.stream(greys).boxed())
                .allSatisfy(grey -> assertThat(grey).isBetween(126, 130));
    }

    @Test
    void shouldKeepTheExactGreysOfAGreyFile() throws Exception {
        BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setDataElements(0, 0, 2, 2, new byte[] {0, 17, (byte) 128, (byte) 255});

        assertThat(decode(ImageEvents.of("a", ImageFormat.PNG, 0, 0, file("PNG", grey)), input(1, 2, 2)))
                .containsExactly(0, 17, 128, 255);
    }

    @Test
    void shouldShowWhiteThroughTransparentPixels() throws Exception {
        BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);

        assertThat(decode(ImageEvents.of("a", ImageFormat.PNG, 0, 0, file("PNG", clear)), input(1, 1, 1)))
                .containsExactly(255);
    }

    @Test
    void shouldRefuseRawPixelsThatDoNotFillTheirSize() {
        assertThatThrownBy(() -> decode(ImageEvents.grey("a", 28, 28, new byte[27 * 28]), input(1, 28, 28)))
                .hasMessage("GRAY8 of 28 x 28 pixels needs 784 bytes, the content has 756");
        assertThat(rejection(ImageEvents.grey("a", -1, -1, (byte) 1))).isEqualTo(Rejection.SIZE_MISMATCH);
        assertThat(rejection(ImageEvents.grey("a", Integer.MAX_VALUE, Integer.MAX_VALUE, (byte) 1)))
                .isEqualTo(Rejection.SIZE_MISMATCH);
        assertThat(rejection(ImageEvents.grey("a", 1, 1))).isEqualTo(Rejection.SIZE_MISMATCH);
    }

    @Test
    void shouldRefuseTooManyBytesOrPixels() {
        assertThat(rejection(ImageEvents.grey("a", 101, 100, new byte[10_100]))).isEqualTo(Rejection.TOO_LARGE);
        assertThat(rejection(ImageEvents.grey("a", 100, 60, new byte[6_000]))).isEqualTo(Rejection.TOO_LARGE);
    }

    @Test
    void shouldRefuseAFileWhoseHeaderClaimsTooManyPixelsWithoutDecodingIt() {
        byte[] bomb = file(ImageFormat.PNG, 100, 60, new int[6_000]);

        assertThat(bomb.length).isLessThan(1_000);
        assertThatThrownBy(() -> decode(ImageEvents.of("a", ImageFormat.PNG, 0, 0, bomb), input(1, 2, 2)))
                .hasMessageContaining("header says 100 x 60 pixels");
    }

    @Test
    void shouldRefuseDamagedFilesAndFilesOfAnotherFormat() {
        byte[] png = file(ImageFormat.PNG, 20, 20, new int[400]);

        assertThat(rejection(ImageEvents.of("a", ImageFormat.PNG, 0, 0, Arrays.copyOf(png, 40))))
                .isEqualTo(Rejection.UNDECODABLE_IMAGE);
        assertThat(rejection(ImageEvents.of("a", ImageFormat.JPEG, 0, 0, png))).isEqualTo(Rejection.UNDECODABLE_IMAGE);
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN")
    void shouldNameTheFormatsItReadsWhenGivenAnotherOne(ImageFormat format) {
        assertThatThrownBy(() -> decode(ImageEvents.of("a", format, 1, 1, (byte) 1), input(1, 1, 1)))
                .hasMessageContaining(format.name())
                .hasMessageContaining("GRAY8, RGB8, PNG, JPEG, GIF, BMP or WEBP");
    }

    @Test
    void shouldSayWhatAPictureOfNoFormatIs() {
        byte[] heic = "\0\0\0\30ftypheic".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> decode(ImageEvents.of("a", ImageFormat.UNKNOWN, 0, 0, heic), input(1, 1, 1)))
                .hasMessageStartingWith("This is a HEIC file, which is not read");
    }

    @Test
    void shouldRefuseAPictureOfOneEndlessRow() {
        var usual = new ImageDecoder(ImageLimits.DEFAULT);
        byte[] wide = TestPictures.png(25_000_000, 1, 8, 6, false, null);

        assertThatThrownBy(() -> usual.open(ImageEvents.of("a", ImageFormat.PNG, 0, 0, wide)))
                .hasMessage(
                        "The file's header says 25000000 x 1 pixels, at most 65535 a side are decoded; send a part of"
                                + " it, or a smaller picture");
    }

    @Test
    void shouldTellTheWorkOfAPictureBeforeItIsDone() throws Exception {
        var usual = new ImageDecoder(ImageLimits.DEFAULT);
        byte[] plain = TestPictures.png(1_000, 1_000, 8, 2, false, null);
        byte[] deep = TestPictures.png(1_000, 1_000, 16, 6, true, null);

        assertThat(usual.open(ImageEvents.of("a", ImageFormat.PNG, 0, 0, plain)).work())
                .isBetween(Duration.ofMillis(10), Duration.ofMillis(50));
        assertThat(usual.open(ImageEvents.of("b", ImageFormat.PNG, 0, 0, deep)).work())
                .isBetween(Duration.ofMillis(60), Duration.ofMillis(120));
    }

    @Test
    void shouldRefuseWhatTakesTooLong() {
        var usual = new ImageDecoder(ImageLimits.DEFAULT);
        byte[] deep = TestPictures.png(5_000, 5_000, 16, 6, false, null);

        assertThatThrownBy(() -> usual.open(ImageEvents.of("a", ImageFormat.PNG, 0, 0, deep)))
                .isInstanceOfSatisfying(
                        UnfitImageException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Rejection.TOO_LARGE))
                .hasMessageContaining("Decoding it takes about 2200 ms, at most 1500 are granted");
    }

    @Test
    void shouldRefuseWhatTakesMoreMemoryThanAllPicturesHave() {
        var small = new ImageDecoder(ImageLimits.DEFAULT, new MemoryBudget(1 << 20));
        byte[] inPasses = TestPictures.inPasses("JPEG", TestPictures.colourful(500, 500));

        assertThatThrownBy(() -> small.open(ImageEvents.of("a", ImageFormat.JPEG, 0, 0, inPasses)))
                .hasMessageContaining("Decoding it takes about 3 MiB of memory, and all pictures together have 1 here");
    }
}
