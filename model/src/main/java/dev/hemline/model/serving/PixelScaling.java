package dev.hemline.model.serving;

import dev.hemline.event.ModelInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Turns bytes into what a network takes: (pixel / 255 - mean) / std per channel, inverted first where asked for. */
public final class PixelScaling {
    private static final int BYTE_VALUES = 256;

    private final float[][] valueOfByte;
    private final int pixels;
    private ByteBuffer scaled = ByteBuffer.allocateDirect(0);

    /** @param input with a mean and a deviation above 0 per channel */
    public PixelScaling(ModelInput input) {
        this.pixels = input.getHeight() * input.getWidth();
        this.valueOfByte = new float[input.getChannels()][BYTE_VALUES];
        for (int channel = 0; channel < valueOfByte.length; channel++) {
            float mean = input.getMean().get(channel);
            float std = input.getStd().get(channel);
            for (int value = 0; value < BYTE_VALUES; value++) {
                int pixel = input.getInvert() ? 255 - value : value;
                valueOfByte[channel][value] = (pixel / 255f - mean) / std;
            }
        }
    }

    /** Numbers in one image. */
    public int imageSize() {
        return valueOfByte.length * pixels;
    }

    /**
     * Scales a batch.
     *
     * @param from image after image, channel by channel; its position stays
     * @param to takes n × {@link #imageSize()} numbers from its position on
     */
    public void scale(ByteBuffer from, int n, FloatBuffer to) {
        int at = from.position();
        for (int image = 0; image < n; image++) {
            for (float[] values : valueOfByte) {
                for (int i = 0; i < pixels; i++) {
                    to.put(values[from.get(at++) & 0xff]);
                }
            }
        }
    }

    /**
     * Scales a batch outside the heap, where a native library reads it in place. For one thread.
     *
     * @param from image after image, channel by channel; its position stays
     * @return n × {@link #imageSize()} floats, until the next call
     */
    public ByteBuffer scaled(ByteBuffer from, int n) {
        int bytes = Math.multiplyExact(n * imageSize(), Float.BYTES);
        if (scaled.capacity() < bytes) {
            scaled = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        scaled.clear().limit(bytes);
        scale(from, n, scaled.asFloatBuffer());
        return scaled;
    }
}
