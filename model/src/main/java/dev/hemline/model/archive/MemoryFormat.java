package dev.hemline.model.archive;

import java.util.ArrayList;
import java.util.List;

/** In which order the numbers of feature maps lie in memory, in PyTorch's words. */
public enum MemoryFormat {
    /** Map after map, NCHW: what frameworks do unless told otherwise. */
    CONTIGUOUS(0),
    /** All maps of a pixel side by side, NHWC; convolutions on CPUs are about 1.5 times as fast in it. */
    CHANNELS_LAST(2);

    private final int number;

    MemoryFormat(int number) {
        this.number = number;
    }

    /** What TorchScript's {@code memory_format} takes. */
    int number() {
        return number;
    }

    /** Row-major, except for four dimensions channels-last: (out, height, width, in). */
    List<Integer> strides(List<Integer> shape) {
        if (shape.size() == 4 && this == CHANNELS_LAST) {
            int c = shape.get(1);
            int h = shape.get(2);
            int w = shape.get(3);
            return List.of(c * h * w, 1, w * c, c);
        }
        List<Integer> strides = new ArrayList<>();
        int stride = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            strides.add(0, stride);
            stride *= shape.get(i);
        }
        return strides;
    }

    /** For each number in row-major order, its place in a storage of those strides. */
    static int[] places(List<Integer> shape, List<Integer> strides) {
        int[] places = {0};
        for (int dimension = 0; dimension < shape.size(); dimension++) {
            int length = shape.get(dimension);
            int[] deeper = new int[Math.multiplyExact(places.length, length)];
            for (int i = 0; i < deeper.length; i++) {
                deeper[i] = places[i / length] + (i % length) * strides.get(dimension);
            }
            places = deeper;
        }
        return places;
    }
}
