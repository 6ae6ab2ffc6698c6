package dev.hemline.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Picture files of every kind that people send, made here. */
final class TestPictures {
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private TestPictures() {}

    static BufferedImage rgb(int width, int height, int... pixels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    static BufferedImage grey(int width, int height, int... samples) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, height, samples);
        return image;
    }

    /** Samples of any depth, pixel after pixel; with alpha where the count of bands is even. */
    static BufferedImage samples(int dataType, int bands, int width, int height, int... samples) {
        boolean alpha = bands % 2 == 0;
        var colours = new ComponentColorModel(
                ColorSpace.getInstance(bands > 2 ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                dataType);
        WritableRaster raster = colours.createCompatibleWritableRaster(width, height);
        raster.setPixels(0, 0, width, height, samples);
        return new BufferedImage(colours, raster, false, null);
    }

    static BufferedImage palette(int width, int height, int[] argb, int... indexes) {
        var colours = new IndexColorModel(8, argb.length, argb, 0, true, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        image.getRaster().setPixels(0, 0, width, height, indexes);
        return image;
    }

    /** Colours that change from pixel to pixel, so that every part of a coder has work. */
    static BufferedImage colourful(int width, int height) {
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i * 0x010305 ^ i / width * 0x204060;
        }
        return rgb(width, height, pixels);
    }

    static byte[] file(String format, BufferedImage image) {
        return write(format, new IIOImage(image, null, null), false);
    }

    /** An interlaced PNG or a progressive JPEG. */
    static byte[] inPasses(String format, BufferedImage image) {
        return write(format, new IIOImage(image, null, null), true);
    }

    /** A JPEG of four inks per pixel, without a word about them. */
    static byte[] inks(int width, int height, int... inks) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        raster.setPixels(0, 0, width, height, inks);
        return write("JPEG", new IIOImage(raster, null, null), false);
    }

    private static byte[] write(String format, IIOImage image, boolean inPasses) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        var out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            if (inPasses) {
                settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            if (format.equals("JPEG")) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality(1);
            }
            writer.write(null, image, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /**
     * A PNG of a kind that no writer at hand makes: rows of any filter, noise or nothing in them.
     *
     * @param colours as its header numbers them
     * @param random what is in its rows; nothing if there is none
     */
    static byte[] png(int width, int height, int bits, int colours, boolean interlaced, @Nullable Random random) {
        int samples = List.of(1, 0, 3, 1, 2, 0, 4).get(colours);
        var packed = new ByteArrayOutputStream();
        try (var pixels = new DeflaterOutputStream(packed)) {
            for (int[] pass : interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
                int passWidth = (width - pass[0] + pass[2] - 1) / pass[2];
                for (int y = pass[1]; passWidth > 0 && y < height; y += pass[3]) {
                    byte[] row = new byte[1 + (int) (((long) passWidth * samples * bits + 7) / 8)];
                    if (random != null) {
                        random.nextBytes(row);
                        row[0] = (byte) random.nextInt(5);
                    }
                    pixels.write(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] palette = new byte[3 << Math.min(8, bits)];
        if (random != null) {
            random.nextBytes(palette);
        }
        ByteBuffer file = ByteBuffer.allocate(57 + (colours == 3 ? 12 + palette.length : 0) + packed.size());
        file.putLong(0x89504E470D0A1A0AL);
        file.putInt(13).putInt(0x49484452).putInt(width).putInt(height);
        file.put((byte) bits)
                .put((byte) colours)
                .putShort((short) 0)
                .put((byte) (interlaced ? 1 : 0))
                .putInt(0);
        if (colours == 3) {
            file.putInt(palette.length).putInt(0x504C5445).put(palette).putInt(0);
        }
        file.putInt(packed.size()).putInt(0x49444154).put(packed.toByteArray()).putInt(0);
        file.putInt(0).putInt(0x49454E44).putInt(0);
        mendChecksums(file.array());
        return file.array();
    }

    static byte[] animatedGif(BufferedImage... frames) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("GIF").next();
        var out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (BufferedImage frame : frames) {
                writer.writeToSequence(new IIOImage(frame, null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A JPEG with one more segment right after its start. */
    static byte[] withSegment(byte[] jpeg, int marker, byte... data) {
        return ByteBuffer.allocate(jpeg.length + 4 + data.length)
                .put(jpeg, 0, 2)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + data.length))
                .put(data)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A PNG with one more chunk right after its header. */
    static byte[] withChunk(byte[] png, String name, byte... data) {
        return withChunk(png, 1, name, data);
    }

    /** After its header, so many of the same. */
    static byte[] withChunk(byte[] png, int times, String name, byte... data) {
        int header = 33;
        ByteBuffer extended = ByteBuffer.allocate(png.length + times * (12 + data.length));
        extended.put(png, 0, header);
        for (int i = 0; i < times; i++) {
            extended.putInt(data.length)
                    .put(name.getBytes(ISO_8859_1))
                    .put(data)
                    .putInt(0);
        }
        extended.put(png, header, png.length - header);
        mendChecksums(extended.array());
        return extended.array();
    }

    /** Makes a PNG's checksums right again, as far as its chunks can be followed. */
    static void mendChecksums(byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png);
        int at = 8;
        while (at >= 0 && at <= png.length - 12) {
            int length = file.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                return;
            }
            var checksum = new CRC32();
            checksum.update(png, at + 4, length + 4);
            file.putInt(at + 8 + length, (int) checksum.getValue());
            at += 12 + length;
        }
    }

    /** EXIF data that holds an orientation and nothing else. */
    static byte[] exif(int orientation) {
        return new byte[] {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
    }

    /** What an APP14 segment holds. */
    static byte[] adobe(int transform) {
        return new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    }

    static byte[] resource(String name) {
        try (InputStream in = TestPictures.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
