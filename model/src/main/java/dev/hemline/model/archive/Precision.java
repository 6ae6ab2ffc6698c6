package dev.hemline.model.archive;

/** What numbers a network computes with between its layers. */
public enum Precision {
    /** 32 bits: exact enough for anything, and what is served. */
    FLOAT32,
    /**
     * The upper half of 32 bits. Enough for training, where every step is noise anyhow, and about 1.5 times as fast where
     * the processor multiplies such numbers itself; slower where it does not.
     */
    BFLOAT16
}
