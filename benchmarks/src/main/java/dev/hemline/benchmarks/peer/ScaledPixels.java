package dev.hemline.benchmarks.peer;

import dev.hemline.event.ModelInput;
import dev.hemline.model.serving.PixelScaling;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes as the floats that a network takes, outside the heap, where libtorch reads them in place. */
final class ScaledPixels {
    private final PixelScaling scaling;
    private ByteBuffer scaled = ByteBuffer.allocateDirect(0);

    ScaledPixels(ModelInput input) {
        this.scaling = new PixelScaling(input);
    }

    /**
     * Scales n images.
     *
     * @param pixels image after image from its position on
     * @return n × image size floats, until the next call
     */
    ByteBuffer of(ByteBuffer pixels, int n) {
        int bytes = Math.multiplyExact(n * scaling.imageSize(), Float.BYTES);
        if (scaled.capacity() < bytes) {
            scaled = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        scaled.clear().limit(bytes);
        scaling.scale(pixels, n, scaled.asFloatBuffer());
        return scaled;
    }
}
