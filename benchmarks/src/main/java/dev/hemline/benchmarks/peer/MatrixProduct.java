package dev.hemline.benchmarks.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.hemline.model.serving.TorchEngine;

/** What this machine can do at best: libtorch multiplies two square matrices that stay in its caches. */
public final class MatrixProduct implements AutoCloseable {
    private static final int SIDE = 1024;

    private final NDManager manager;
    private final NDArray left;
    private final NDArray right;

    private MatrixProduct(NDManager manager, DataType type) {
        this.manager = manager;
        this.left = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE)).toType(type, false);
        this.right = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE)).toType(type, false);
    }

    /** Matrices of 32-bit floats. */
    public static MatrixProduct ofFloat32() {
        TorchEngine.startIfNeeded();
        return new MatrixProduct(NDManager.newBaseManager(TorchEngine.name()), DataType.FLOAT32);
    }

    /** Multiplies once. */
    public void multiply() {
        left.matMul(right).close();
    }

    /** Multiplications and additions of one product, each counted as one. */
    public long operations() {
        return 2L * SIDE * SIDE * SIDE;
    }

    @Override
    public void close() {
        manager.close();
    }
}
