package dev.hemline.model.archive;

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
}
