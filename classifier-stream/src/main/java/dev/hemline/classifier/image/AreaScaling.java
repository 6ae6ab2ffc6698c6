package dev.hemline.classifier.image;

import java.nio.ByteBuffer;

/**
 * Scales by area averaging: a target pixel is the mean of the source area it covers, parts of pixels counted as parts.
 * Nothing of a large picture is skipped over, so fine patterns turn grey instead of turning into others.
 */
final class AreaScaling {
    private AreaScaling() {}

    /** Appends channels × height × width bytes to {@code target}. */
    static void scale(Raster picture, int height, int width, ByteBuffer target) {
        Span[] rows = spans(picture.height(), height);
        Span[] columns = spans(picture.width(), width);
        for (int channel = 0; channel < picture.channels(); channel++) {
            for (Span row : rows) {
                for (Span column : columns) {
                    target.put((byte) Math.round(mean(picture, channel, row, column)));
                }
            }
        }
    }

    /** Source pixels {@code first} to {@code last}, of which the first and the last may count in part. */
    private record Span(int first, int last, float firstPart, float lastPart) {
        float part(int index) {
            return index == first ? firstPart : index == last ? lastPart : 1;
        }
    }

    private static Span[] spans(int source, int target) {
        Span[] spans = new Span[target];
        for (int i = 0; i < target; i++) {
            double from = (double) i * source / target;
            double to = (double) (i + 1) * source / target;
            int first = (int) from;
            int last = Math.max(first, Math.min(source - 1, (int) Math.ceil(to) - 1));
            float firstPart = (float) (Math.min(to, first + 1) - from);
            spans[i] = new Span(first, last, firstPart, first == last ? firstPart : (float) (to - last));
        }
        return spans;
    }

    private static float mean(Raster picture, int channel, Span row, Span column) {
        float sum = 0;
        float area = 0;
        for (int y = row.first(); y <= row.last(); y++) {
            for (int x = column.first(); x <= column.last(); x++) {
                float part = row.part(y) * column.part(x);
                sum += part * picture.sample(channel, y, x);
                area += part;
            }
        }
        return sum / area;
    }
}
