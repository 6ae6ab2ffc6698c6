package dev.hemline.trainer.training;

import ai.djl.pytorch.jni.JniUtils;

/** A stretch of the calling thread's work in which parameters are changed, and libtorch does not follow how. */
final class NoGrad implements AutoCloseable {
    NoGrad() {
        JniUtils.setGradMode(false);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(true);
    }
}
