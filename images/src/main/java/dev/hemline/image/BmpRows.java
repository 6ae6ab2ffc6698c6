package dev.hemline.image;

import java.io.IOException;

/** A BMP's rows, read where they lie in its file, or where its runs were unpacked to. */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record BmpRows(BmpFile file, byte[] bytes, int start, int bits, long rowBytes, boolean alpha) implements PixelRows {
    static BmpRows of(BmpFile file) throws IOException {
        if (file.isPacked()) {
            return new BmpRows(file, file.unpacked(), 0, 8, file.width(), false);
        }
        var rows = new BmpRows(file, file.content(), file.start(), file.bits(), file.rowBytes(), false);
        return rows.isAnyPixelSeen() ? new BmpRows(file, rows.bytes, rows.start, rows.bits, rows.rowBytes, true) : rows;
    }

    /** Programs write a mask for alpha and then leave it out everywhere: they do not mean that there is nothing to see. */
    private boolean isAnyPixelSeen() {
        int mask = file.masks()[3];
        for (int y = 0; mask != 0 && y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                if ((pixel(at(y), x) & mask) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public int channels() {
        return 3;
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
    public void read(int y, int[] samples) {
        int row = at(y);
        int[] palette = file.palette();
        for (int x = 0; x < width(); x++) {
            int pixel = pixel(row, x);
            if (bits <= 8) {
                pixel = palette[pixel];
            }
            if (bits == 16 || bits == 32) {
                masked(pixel, samples, 3 * x);
            } else {
                samples[3 * x] = pixel >> 16 & 0xFF;
                samples[3 * x + 1] = pixel >> 8 & 0xFF;
                samples[3 * x + 2] = pixel & 0xFF;
            }
        }
    }

    private void masked(int pixel, int[] samples, int at) {
        int[] masks = file.masks();
        int opacity = alpha ? sample(pixel, masks[3]) : 255;
        for (int channel = 0; channel < 3; channel++) {
            samples[at + channel] = ImageRows.onWhite(sample(pixel, masks[channel]), opacity);
        }
    }

    private static int sample(int pixel, int mask) {
        int shift = Integer.numberOfTrailingZeros(mask);
        int most = mask >>> shift;
        int sample = (pixel & mask) >>> shift;
        return most == 255
                ? sample
                : mask == 0 ? 0 : (int) (((sample & 0xFFFFFFFFL) * 255 + most / 2) / (most & 0xFFFFFFFFL));
    }

    private int at(int y) {
        return (int) (start + rowBytes * (file.topDown() ? y : height() - 1 - y));
    }

    private int pixel(int row, int x) {
        return switch (bits) {
            case 8 -> bytes[row + x] & 0xFF;
            case 16 -> uint16(row + 2 * x);
            case 24 -> uint16(row + 3 * x) | (bytes[row + 3 * x + 2] & 0xFF) << 16;
            case 32 -> uint16(row + 4 * x) | uint16(row + 4 * x + 2) << 16;
            default -> {
                int bit = x * bits;
                yield bytes[row + (bit >> 3)] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1);
            }
        };
    }

    private int uint16(int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }
}
