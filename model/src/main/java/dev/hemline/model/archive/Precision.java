package dev.hemline.model.archive;

/** What numbers a network computes with between its layers. Weights are kept in 32 bits either way. */
public enum Precision {
    /** 32 bits: exact enough for anything. */
    FLOAT32,
    /**
     * The upper half of 32 bits. Enough for training, where every step is noise anyhow, and for serving what moves by a few
     * thousandths; about 1.5 times as fast where the processor multiplies such numbers itself, and slower where it does not.
     */
    BFLOAT16
}
