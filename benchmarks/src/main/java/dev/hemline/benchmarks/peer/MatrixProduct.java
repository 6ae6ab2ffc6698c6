package dev.hemline.benchmarks.peer;

import java.util.List;

/**
 * What this machine can do at best: the product of two square matrices of 32-bit floats that stay in its caches. One
 * library multiplies faster on one processor, another on another; the limit is whichever is fastest.
 */
public interface MatrixProduct extends AutoCloseable {
    int SIDE = 256;

    /** One of every library that there is here, the caller's to close. */
    static List<MatrixProduct> ofEveryLibrary() {
        return List.of(new TorchProduct(), new OnnxProduct());
    }

    /** Whose product it is. */
    String library();

    /** Multiplies once, on this thread. */
    void multiply();

    /** Multiplications and additions of one product, each counted as one. */
    default long operations() {
        return 2L * SIDE * SIDE * SIDE;
    }

    @Override
    void close();
}
