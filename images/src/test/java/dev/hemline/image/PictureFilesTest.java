package dev.hemline.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import dev.hemline.topic.Rejection;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFilesTest {
    private static final ImageDecoder DECODER = new ImageDecoder(new ImageLimits(1 << 20, 10_000));
    private static final int RED = 0xFF0000;
    private static final int BLUE = 0x0000FF;

    private static int[] decode(ImageFormat format, byte[] content, int channels, int height, int width)
            throws UnfitImageException {
        ByteBuffer target = ByteBuffer.allocate(channels * height * width);
        var input = new ModelInput(channels, height, width, List.of(0f), List.of(1f), false);
        DECODER.decode(ImageEvents.of("a", format, 0, 0, content), input, target);
        int[] samples = new int[target.capacity()];
        Arrays.setAll(samples, i -> target.get(i) & 0xFF);
        return samples;
    }

    private static int[] colours(ImageFormat format, byte[] content, int height, int width) throws Exception {
        return decode(format, content, 3, height, width);
    }

    private static UnfitImageException refusal(ImageFormat format, byte[] content) {
        var refused = catchThrowableOfType(UnfitImageException.class, () -> decode(format, content, 1, 2, 2));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static void assertClose(int[] samples, int... expected) {
        assertThat(samples).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(samples[i])
                    .as("sample %d of %s", i, Arrays.toString(samples))
                    .isCloseTo(expected[i], within(8));
        }
    }

    @Test
    void shouldKeepTheUpperHalfOf16BitGreys() throws Exception {
        BufferedImage grey = TestPictures.samples(DataBuffer.TYPE_USHORT, 1, 3, 1, 0, 0x80FF, 0xFFFF);

        assertThat(decode(ImageFormat.PNG, TestPictures.file("PNG", grey), 1, 1, 3))
                .containsExactly(0, 128, 255);
    }

    @Test
    void shouldKeepTheUpperHalfOf16BitColours() throws Exception {
        BufferedImage colour = TestPictures.samples(DataBuffer.TYPE_USHORT, 3, 1, 1, 0xFFFF, 0x8080, 0x0101);

        assertThat(colours(ImageFormat.PNG, TestPictures.file("PNG", colour), 1, 1))
                .containsExactly(255, 128, 1);
    }

    @Test
    void shouldShowWhiteThrough16BitColoursWithAlpha() throws Exception {
        BufferedImage half = TestPictures.samples(DataBuffer.TYPE_USHORT, 4, 1, 1, 0xFFFF, 0, 0, 0x8080);

        assertThat(colours(ImageFormat.PNG, TestPictures.file("PNG", half), 1, 1))
                .containsExactly(255, 127, 127);
    }

    @Test
    void shouldShowWhiteThroughGreyWithAlpha() throws Exception {
        BufferedImage grey = TestPictures.samples(DataBuffer.TYPE_BYTE, 2, 3, 1, 10, 255, 10, 0, 10, 128);

        assertThat(decode(ImageFormat.PNG, TestPictures.file("PNG", grey), 1, 1, 3))
                .containsExactly(10, 255, 132);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "GIF"})
    void shouldShowWhiteThroughTransparentColoursOfAPalette(String format) throws Exception {
        BufferedImage image = TestPictures.palette(3, 1, new int[] {0xFFFF0000, 0x00000000, 0xFF0000FF}, 0, 1, 2);

        assertThat(colours(ImageFormat.valueOf(format), TestPictures.file(format, image), 1, 3))
                .containsExactly(255, 255, 0, 0, 255, 0, 0, 255, 255);
    }

    @Test
    void shouldReadBlackAndWhiteOfOneBit() throws Exception {
        BufferedImage bits = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 0, 1});

        for (String format : List.of("PNG", "BMP", "GIF")) {
            assertThat(decode(ImageFormat.valueOf(format), TestPictures.file(format, bits), 1, 1, 3))
                    .containsExactly(255, 0, 255);
        }
    }

    @Test
    void shouldReadInterlacedPngsAndProgressiveJpegs() throws Exception {
        BufferedImage image = TestPictures.colourful(40, 30);

        for (String format : List.of("PNG", "JPEG")) {
            assertThat(colours(ImageFormat.valueOf(format), TestPictures.inPasses(format, image), 30, 40))
                    .isEqualTo(colours(ImageFormat.valueOf(format), TestPictures.file(format, image), 30, 40));
        }
    }

    /** EXIF says at which visual side the first stored row and the first stored column are. */
    @ParameterizedTest
    @CsvSource({
        "1, TOP, LEFT", "2, TOP, RIGHT", "3, BOTTOM, RIGHT", "4, BOTTOM, LEFT",
        "5, LEFT, TOP", "6, RIGHT, TOP", "7, RIGHT, BOTTOM", "8, LEFT, BOTTOM"
    })
    void shouldTurnPhotosAsTheirCameraWasHeld(int orientation, String firstRow, String firstColumn) throws Exception {
        boolean swapped = firstRow.equals("LEFT") || firstRow.equals("RIGHT");
        int seenHeight = 2;
        int seenWidth = 3;
        int storedHeight = swapped ? seenWidth : seenHeight;
        int storedWidth = swapped ? seenHeight : seenWidth;
        int[] stored = new int[8 * storedHeight * 8 * storedWidth];
        for (int i = 0; i < stored.length; i++) {
            int row = i / (8 * storedWidth) / 8;
            int column = i % (8 * storedWidth) / 8;
            int y = along(swapped ? firstColumn : firstRow, swapped ? column : row, seenHeight);
            int x = along(swapped ? firstRow : firstColumn, swapped ? row : column, seenWidth);
            stored[i] = 40 * (y * seenWidth + x);
        }
        BufferedImage image = TestPictures.grey(8 * storedWidth, 8 * storedHeight, stored);

        byte[] jpeg = TestPictures.withSegment(TestPictures.file("JPEG", image), 0xE1, TestPictures.exif(orientation));
        byte[] png = TestPictures.withChunk(
                TestPictures.file("PNG", image), "eXIf", Arrays.copyOfRange(TestPictures.exif(orientation), 6, 32));

        assertThat(decode(ImageFormat.JPEG, jpeg, 1, 2, 3)).containsExactly(0, 40, 80, 120, 160, 200);
        assertThat(decode(ImageFormat.PNG, png, 1, 2, 3)).containsExactly(0, 40, 80, 120, 160, 200);
    }

    private static int along(String firstIsAt, int index, int length) {
        return firstIsAt.equals("TOP") || firstIsAt.equals("LEFT") ? index : length - 1 - index;
    }

    @Test
    void shouldReadPhotosWithoutUsableNotesAsTheyAre() throws Exception {
        byte[] jpeg = TestPictures.file("JPEG", TestPictures.grey(8, 8, new int[64]));
        byte[] brokenNotes = TestPictures.withSegment(jpeg, 0xE1, (byte) 'E', (byte) 'x', (byte) 'i', (byte) 'f');
        byte[] undefined = TestPictures.withSegment(jpeg, 0xE1, TestPictures.exif(9));

        assertThat(decode(ImageFormat.JPEG, brokenNotes, 1, 1, 1)).containsExactly(0);
        assertThat(decode(ImageFormat.JPEG, undefined, 1, 1, 1)).containsExactly(0);
    }

    @Test
    void shouldReadFourColourJpegs() throws Exception {
        int[] noRed = new int[64 * 4];
        Arrays.setAll(noRed, i -> i % 4 == 0 ? 0 : 255);

        byte[] plain = TestPictures.inks(8, 8, noRed);
        byte[] byAdobe = TestPictures.withSegment(plain, 0xEE, TestPictures.adobe(0));

        assertClose(colours(ImageFormat.JPEG, plain, 1, 1), 0, 255, 255);
        assertClose(colours(ImageFormat.JPEG, byAdobe, 1, 1), 0, 255, 255);
    }

    @Test
    void shouldReadFourColourJpegsWithLumaAndChroma() throws Exception {
        int[] cyanAsYcck = new int[64 * 4];
        for (int i = 0; i < cyanAsYcck.length; i += 4) {
            // inks 255, 0, 0 as luma and chroma; no black
            cyanAsYcck[i] = 76;
            cyanAsYcck[i + 1] = 85;
            cyanAsYcck[i + 2] = 255;
            cyanAsYcck[i + 3] = 255;
        }

        byte[] ycck = TestPictures.withSegment(TestPictures.inks(8, 8, cyanAsYcck), 0xEE, TestPictures.adobe(2));

        assertClose(colours(ImageFormat.JPEG, ycck, 1, 1), 0, 255, 255);
    }

    @Test
    void shouldShowTheFirstFrameOfAnAnimation() throws Exception {
        byte[] gif = TestPictures.animatedGif(TestPictures.rgb(2, 1, RED, BLUE), TestPictures.rgb(2, 1, BLUE, BLUE));

        assertThat(colours(ImageFormat.GIF, gif, 1, 2)).containsExactly(255, 0, 0, 0, 0, 255);
    }

    @Test
    void shouldShowAFrameWhereItStandsOnItsCanvas() throws Exception {
        byte[] gif = TestPictures.file("GIF", TestPictures.rgb(2, 1, RED, BLUE));
        ByteBuffer canvas = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
        canvas.putShort(6, (short) 4).putShort(8, (short) 2);
        int image = 13 + 3 * (2 << (gif[10] & 7));
        assertThat(gif[image]).isEqualTo((byte) 0x2C);
        canvas.putShort(image + 1, (short) 1).putShort(image + 3, (short) 1);

        int[] reds = Arrays.copyOf(colours(ImageFormat.GIF, gif, 2, 4), 8);

        assertThat(reds).containsExactly(255, 255, 255, 255, 255, 255, 0, 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless.webp", "lossy.webp"})
    void shouldReadWebp(String file) throws Exception {
        assertClose(colours(ImageFormat.WEBP, TestPictures.resource(file), 1, 2), 255, 0, 0, 0, 0, 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless-alpha.webp", "lossy-alpha.webp"})
    void shouldShowWhiteThroughTransparentWebp(String file) throws Exception {
        int[] reds = Arrays.copyOf(colours(ImageFormat.WEBP, TestPictures.resource(file), 2, 2), 4);

        assertClose(reds, 255, 0, 255, 255);
    }

    @Test
    void shouldShowTheFirstFrameOfAnAnimatedWebpWhereItStandsOnItsCanvas() throws Exception {
        assertThat(colours(ImageFormat.WEBP, TestPictures.resource("animated.webp"), 1, 2))
                .containsExactly(255, 0, 255, 0, 255, 255);
    }

    @Test
    void shouldTurnWebpAsItsNotesSay() throws Exception {
        assertThat(colours(ImageFormat.WEBP, TestPictures.resource("turned.webp"), 2, 1))
                .containsExactly(255, 0, 0, 0, 0, 255);
    }

    @Test
    void shouldStretchAPictureToTheModelsShape() throws Exception {
        byte[] wide = TestPictures.file("PNG", TestPictures.rgb(4, 1, 0, 0, 0xFFFFFF, 0xFFFFFF));

        assertThat(decode(ImageFormat.PNG, wide, 1, 2, 2)).containsExactly(0, 255, 0, 255);
    }

    @Test
    void shouldLeaveOutWhatReadersWouldUnpackWithoutALimit() throws Exception {
        BufferedImage image = TestPictures.palette(2, 1, new int[] {0xFFFF0000, 0xFF0000FF}, 0, 1);
        byte[] bomb = TestPictures.withChunk(TestPictures.file("PNG", image), "zTXt", (byte) 'a', (byte) 0, (byte) 0);
        byte[] damagedProfile = TestPictures.withSegment(
                TestPictures.file("JPEG", TestPictures.grey(8, 8, new int[64])), 0xE2, new byte[100]);

        assertThat(colours(ImageFormat.PNG, bomb, 1, 2)).containsExactly(255, 0, 0, 0, 0, 255);
        assertThat(decode(ImageFormat.JPEG, damagedProfile, 1, 1, 1)).containsExactly(0);
    }

    /** Half a million packed texts of nothing took eight seconds. */
    @Test
    void shouldLookForTheOrientationInSomeThousandTextsAndNoMore() throws Exception {
        // Given
        byte[] upright = TestPictures.file("PNG", TestPictures.rgb(2, 1, 0xFF0000, 0x0000FF));
        byte[] upsideDown = TestPictures.withChunk(
                upright, "iTXt", "XML:com.adobe.xmp\0\0\0\0\0tiff:Orientation=\"3\"".getBytes(ISO_8859_1));

        // When
        byte[] afterManyTexts =
                TestPictures.withChunk(upsideDown, 5_000, "zTXt", "Raw profile type \0\0".getBytes(ISO_8859_1));

        // Then
        assertThat(colours(ImageFormat.PNG, upsideDown, 1, 2)).containsExactly(0, 255, 0, 0, 255, 0);
        assertThat(colours(ImageFormat.PNG, afterManyTexts, 1, 2)).containsExactly(255, 0, 0, 0, 0, 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "JPEG", "GIF", "BMP"})
    void shouldRefuseFilesThatAreCutShort(String format) {
        byte[] whole = TestPictures.file(format, TestPictures.colourful(30, 20));

        UnfitImageException refused = refusal(ImageFormat.valueOf(format), Arrays.copyOf(whole, whole.length * 3 / 4));

        assertThat(refused.reason()).isEqualTo(Rejection.UNDECODABLE_IMAGE);
        assertThat(refused)
                .hasMessage(
                        "The content is no whole, undamaged " + format + " file: it is cut short; send the file again");
    }

    @Test
    void shouldRefuseAGifWhoseDataEndBeforeItsLastRow() {
        // Given: its frame, behind a table of 256 colours, says that it is a row higher than it is.
        byte[] gif = TestPictures.file("GIF", TestPictures.colourful(30, 20));
        int frame = 13 + 3 * 256;
        while (gif[frame] != ',') {
            frame++;
        }
        gif[frame + 7]++;

        // Then
        assertThat(refusal(ImageFormat.GIF, gif)).hasMessageContaining("it is cut short");
    }

    @Test
    void shouldRefuseWebpThatIsCutShort() {
        byte[] whole = TestPictures.resource("lossy.webp");

        assertThat(refusal(ImageFormat.WEBP, Arrays.copyOf(whole, 100))).hasMessageContaining("it is cut short");
    }

    @Test
    void shouldRefuseAPngWhoseBytesWereChanged() {
        byte[] png = TestPictures.file("PNG", TestPictures.colourful(30, 20));
        png[png.length / 2] ^= 1;

        assertThat(refusal(ImageFormat.PNG, png)).hasMessageContaining("a checksum does not match");
    }

    @Test
    void shouldNameWhatAFileReallyIs() {
        byte[] png = TestPictures.file("PNG", TestPictures.colourful(3, 2));

        assertThat(refusal(ImageFormat.JPEG, png))
                .hasMessage("The event says JPEG, but the content is a PNG file; name the format it has, or send one of"
                        + " PNG, JPEG, GIF, BMP, WEBP");
        assertThat(refusal(ImageFormat.JPEG, new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c'}))
                .hasMessageContaining("is a HEIC file");
        assertThat(refusal(ImageFormat.PNG, new byte[] {1, 2})).hasMessageContaining("starts with 01 02");
    }

    @ParameterizedTest
    @CsvSource({"PNG, 16", "GIF, 6", "BMP, 18"})
    void shouldRefuseTooManyPixelsByTheHeaderAlone(String format, int width) {
        byte[] file = TestPictures.file(format, TestPictures.colourful(3, 2));
        if (format.equals("PNG")) {
            ByteBuffer.wrap(file).putInt(width, 50_000);
            TestPictures.mendChecksums(file);
        } else {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(width, (short) 50_000);
        }

        UnfitImageException refused = refusal(ImageFormat.valueOf(format), file);

        // A BMP has no compression that could make it small: it is cut short before it is too large.
        assertThat(refused.reason())
                .isEqualTo(format.equals("BMP") ? Rejection.UNDECODABLE_IMAGE : Rejection.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "JPEG", "GIF", "BMP"})
    void shouldSayHowManyPixelsAreTooMany(String format) {
        byte[] file = TestPictures.file(format, TestPictures.rgb(101, 100, new int[10_100]));

        UnfitImageException refused = refusal(ImageFormat.valueOf(format), file);

        assertThat(refused.reason()).isEqualTo(Rejection.TOO_LARGE);
        assertThat(refused)
                .hasMessage(
                        "The file's header says 101 x 100 pixels, at most 10000 are decoded; send a smaller picture");
    }

    @Test
    void shouldRefuseAWebpWhoseFrameIsLargerThanItSays() {
        byte[] webp = TestPictures.resource("turned.webp");
        webp[24] = 15;

        assertThat(refusal(ImageFormat.WEBP, webp)).hasMessageContaining("it says 16 x 16 pixels and holds 32 x 16");
    }

    @Test
    void shouldRefuseAJpegOfEndlessScans() {
        byte[] jpeg = TestPictures.inPasses("JPEG", TestPictures.colourful(16, 16));
        int scan = indexOf(jpeg, 0xDA);
        int end = scan;
        do {
            end++;
        } while (jpeg[end] != -1 || jpeg[end + 1] == 0);
        ByteBuffer endless =
                ByteBuffer.allocate(jpeg.length + 200 * (end - scan)).put(jpeg, 0, scan);
        for (int i = 0; i < 200; i++) {
            endless.put(jpeg, scan, end - scan);
        }
        endless.put(jpeg, scan, jpeg.length - scan);

        UnfitImageException refused = refusal(ImageFormat.JPEG, endless.array());

        assertThat(refused.reason()).isEqualTo(Rejection.UNSUPPORTED_FORMAT);
        assertThat(refused).hasMessageContaining("scans, at most 100 are decoded");
    }

    @Test
    void shouldRefuseKindsOfJpegThatAreNotRead() {
        byte[] jpeg = TestPictures.file("JPEG", TestPictures.colourful(16, 16));
        jpeg[indexOf(jpeg, 0xC0) + 1] = (byte) 0xC9;

        UnfitImageException refused = refusal(ImageFormat.JPEG, jpeg);

        assertThat(refused.reason()).isEqualTo(Rejection.UNSUPPORTED_FORMAT);
        assertThat(refused).hasMessageContaining("save it as a usual one");
    }

    @Test
    void shouldRefuseABmpThatHidesAnotherFile() {
        byte[] bmp = TestPictures.file("BMP", TestPictures.colourful(16, 16));
        bmp[30] = 4;

        assertThat(refusal(ImageFormat.BMP, bmp).reason()).isEqualTo(Rejection.UNSUPPORTED_FORMAT);
    }

    private static int indexOf(byte[] jpeg, int marker) {
        for (int i = 0; i < jpeg.length; i++) {
            if (jpeg[i] == -1 && (jpeg[i + 1] & 0xFF) == marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }
}
