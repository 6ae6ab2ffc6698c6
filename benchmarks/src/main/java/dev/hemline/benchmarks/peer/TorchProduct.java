package dev.hemline.benchmarks.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.hemline.model.serving.TorchEngine;

/** libtorch's, which is that of Intel's MKL on x86. */
final class TorchProduct implements MatrixProduct {
    private final NDManager manager;
    private final NDArray left;
    private final NDArray right;

    TorchProduct() {
        TorchEngine.startIfNeeded();
        this.manager = NDManager.newBaseManager(TorchEngine.name());
        this.left = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE));
        this.right = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE));
    }

    @Override
    public String library() {
        return "libtorch";
    }

    @Override
    public void multiply() {
        left.matMul(right).close();
    }

    @Override
    public void close() {
        manager.close();
    }
}
