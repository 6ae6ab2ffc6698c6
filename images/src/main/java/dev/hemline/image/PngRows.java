package dev.hemline.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PNG's pixels, unpacked row by row while they are read: whatever a file unpacks to, two of its rows are held, also
 * of one that is interlaced. The JDK's reader holds the whole picture and three more rows, and takes its time for such ones.
 */
final class PngRows implements PixelRows {
    /** Adam7. */
    private static final List<Pass> INTERLACED = List.of(
            new Pass(0, 0, 8, 8),
            new Pass(4, 0, 8, 8),
            new Pass(0, 4, 4, 8),
            new Pass(2, 0, 4, 4),
            new Pass(0, 2, 2, 4),
            new Pass(1, 0, 2, 2),
            new Pass(0, 1, 1, 2));

    private final PngFile file;
    private final Inflater inflater = new Inflater();
    /** The byte that names its filter, and a row. */
    private byte[] row;

    private byte[] above;
    /** Of the present pass, in each row. */
    private int pixels;
    /** Of samples that are the whole pixel, in 8 bits at most and no palette: what those in each byte stand for. */
    private final int[] shades;

    PngRows(PngFile file) throws IOException {
        this.file = file;
        this.row = new byte[1 + file.rowBytes(file.width())];
        this.above = row.clone();
        int inByte = 8 / file.bits();
        this.shades = new int[file.samples() == 1 ? 256 * inByte : 0];
        Arrays.setAll(shades, i -> shade(i / inByte, i % inByte));
        inflater.setInput(file.packed());
    }

    @Override
    public int channels() {
        return (file.colours() & 2) == 0 ? 1 : 3;
    }

    @Override
    public int height() {
        return file.height();
    }

    @Override
    public int width() {
        return file.width();
    }

    @Override
    public List<Pass> passes() {
        return file.interlaced() ? INTERLACED : Pass.WHOLE;
    }

    /** Each pass is filtered as a picture of its own. */
    @Override
    public void begin(Pass pass) {
        pixels = pass.pixels(width());
        Arrays.fill(row, (byte) 0);
    }

    @Override
    public void read(int y, int[] samples) {
        try {
            next(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void next(int[] samples) throws IOException {
        byte[] last = row;
        row = above;
        above = last;
        int bytes = 1 + file.rowBytes(pixels);
        unpack(bytes);
        unfilter(bytes, Math.max(1, file.samples() * file.bits() / 8));
        if (file.colours() == PngFile.PALETTE) {
            look(samples);
        } else if (shades.length > 0) {
            shade(samples);
        } else if (file.bits() == 8 && file.clear().length == 0) {
            blend(samples);
        } else {
            convert(samples);
        }
    }

    private void unpack(int bytes) throws IOException {
        long whole = inflater.getBytesWritten() + bytes;
        try {
            for (int done = 0; done < bytes; ) {
                int more = inflater.inflate(row, done, bytes - done);
                if (more == 0) {
                    throw new EOFException();
                }
                done += more;
            }
        } catch (DataFormatException e) {
            // A wrong check sum after the last pixel is passed over, as browsers do; that of the chunk was right.
            if (inflater.getBytesWritten() != whole) {
                throw new IOException("its pixels are damaged", e);
            }
        }
    }

    /** @param step bytes from a pixel to the next, at least 1 */
    private void unfilter(int end, int step) throws IOException {
        switch (row[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = 1 + step; i < end; i++) {
                    row[i] += row[i - step];
                }
            }
            case 2 -> {
                for (int i = 1; i < end; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < end; i++) {
                    int left = i > step ? row[i - step] & 0xFF : 0;
                    row[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
                }
            }
            case 4 -> {
                for (int i = 1; i < end; i++) {
                    row[i] += i > step
                            ? nearest(row[i - step] & 0xFF, above[i] & 0xFF, above[i - step] & 0xFF)
                            : above[i];
                }
            }
            default -> throw new IOException("its pixels are damaged");
        }
    }

    /** Paeth's choice: which of the three is nearest to left + above - corner. */
    private static byte nearest(int left, int above, int corner) {
        int toLeft = Math.abs(above - corner);
        int toAbove = Math.abs(left - corner);
        int toCorner = Math.abs(left + above - 2 * corner);
        return (byte) (toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }

    private void look(int[] samples) {
        for (int x = 0; x < pixels; x++) {
            int colour = file.palette()[stored(x)];
            samples[3 * x] = colour >> 16;
            samples[3 * x + 1] = colour >> 8 & 0xFF;
            samples[3 * x + 2] = colour & 0xFF;
        }
    }

    private int shade(int packed, int index) {
        int bits = file.bits();
        int sample = packed >> (8 - bits * (index + 1)) & ((1 << bits) - 1);
        int[] clear = file.clear();
        return ImageRows.onWhite(toEightBits(sample), clear.length > 0 && clear[0] == sample ? 0 : 255);
    }

    private void shade(int[] samples) {
        int inByte = 8 / file.bits();
        if (inByte == 1) {
            for (int x = 0; x < pixels; x++) {
                samples[x] = shades[row[1 + x] & 0xFF];
            }
            return;
        }
        for (int x = 0, at = 1; x < pixels; x += inByte, at++) {
            System.arraycopy(shades, (row[at] & 0xFF) * inByte, samples, x, Math.min(inByte, pixels - x));
        }
    }

    /** Of whole bytes, by far the most pictures; the same as {@link #convert}. */
    private void blend(int[] samples) {
        int channels = channels();
        int step = file.samples();
        for (int x = 0, from = 1, to = 0; x < pixels; x++, from += step) {
            int alpha = step > channels ? row[from + channels] & 0xFF : 255;
            for (int channel = 0; channel < channels; channel++) {
                samples[to++] = ImageRows.onWhite(row[from + channel] & 0xFF, alpha);
            }
        }
    }

    private void convert(int[] samples) {
        int channels = channels();
        for (int x = 0; x < pixels; x++) {
            int from = x * file.samples();
            int alpha = file.samples() > channels ? toEightBits(stored(from + channels)) : isClear(from) ? 0 : 255;
            for (int channel = 0; channel < channels; channel++) {
                samples[x * channels + channel] = ImageRows.onWhite(toEightBits(stored(from + channel)), alpha);
            }
        }
    }

    private boolean isClear(int from) {
        int[] clear = file.clear();
        for (int i = 0; i < clear.length; i++) {
            if (stored(from + i) != clear[i]) {
                return false;
            }
        }
        return clear.length > 0;
    }

    /** A sample of the row as it is. */
    private int stored(int index) {
        int bits = file.bits();
        if (bits == 8) {
            return row[1 + index] & 0xFF;
        }
        if (bits == 16) {
            return (row[1 + 2 * index] & 0xFF) << 8 | (row[2 + 2 * index] & 0xFF);
        }
        int bit = index * bits;
        return row[1 + (bit >> 3)] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1);
    }

    private int toEightBits(int sample) {
        int bits = file.bits();
        return bits == 16 ? (sample * 255 + 32_767) / 65_535 : sample * (255 / ((1 << bits) - 1));
    }
}
