package dev.hemline.trainer.report;

import dev.hemline.event.ModelInput;
import dev.hemline.insight.page.DataUri;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.PixelScaling;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the first layer of a network looks for, and what it finds in one image. */
final class FilterPictures {
    private static final String WEIGHT = "conv1_weight";
    private static final String BIAS = "conv1_bias";

    private FilterPictures() {}

    /**
     * One filter.
     *
     * @param number counted from 1
     * @param weights its numbers as a picture: orange above zero, blue below
     * @param response where in the image it found what it looks for
     */
    record Filter(int number, String weights, String response) {}

    /**
     * The filters of an archive of ours that takes grey images; none for other archives.
     *
     * @param image to look for them in, as unsigned bytes
     */
    static List<Filter> of(byte[] archive, ModelInput input, byte[] image) {
        Weights weights;
        try {
            weights = TorchScriptArchive.read(archive);
        } catch (ArchiveException e) {
            return List.of();
        }
        Tensor kernels = weights.tensors().get(WEIGHT);
        Tensor biases = weights.tensors().get(BIAS);
        if (kernels == null
                || biases == null
                || kernels.shape().size() != 4
                || kernels.shape().get(1) != 1) {
            return List.of();
        }
        FloatBuffer scaled = FloatBuffer.allocate(image.length);
        new PixelScaling(input).scale(ByteBuffer.wrap(image), 1, scaled);
        return filters(kernels, biases.values(), input, scaled.array());
    }

    private static List<Filter> filters(Tensor kernels, float[] biases, ModelInput input, float[] image) {
        int side = kernels.shape().get(2);
        float[] values = kernels.values();
        double largest = 1e-9;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < biases.length; i++) {
            float[] kernel = Arrays.copyOfRange(values, i * side * side, (i + 1) * side * side);
            filters.add(new Filter(
                    i + 1,
                    DataUri.of(picture(kernel, side, largest)),
                    response(kernel, biases[i], side, image, input)));
        }
        return filters;
    }

    private static BufferedImage picture(float[] kernel, int side, double largest) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < kernel.length; i++) {
            picture.setRGB(i % side, i / side, colour(kernel[i] / largest));
        }
        return picture;
    }

    /** From blue over nearly white to orange. */
    private static int colour(double value) {
        double strength = Math.sqrt(Math.abs(value));
        int[] end = value > 0 ? new int[] {222, 110, 20} : new int[] {38, 92, 200};
        int rgb = 0;
        for (int channel : end) {
            rgb = rgb << 8 | (int) Math.round(246 + (channel - 246) * strength);
        }
        return rgb;
    }

    /** What passes the ReLU, brightest where there is most of it; zero padding around the image. */
    private static String response(float[] kernel, float bias, int side, float[] image, ModelInput input) {
        int width = input.getWidth();
        int height = input.getHeight();
        double[] sums = new double[width * height];
        double most = 1e-9;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sum = bias;
                for (int k = 0; k < kernel.length; k++) {
                    int fromX = x + k % side - side / 2;
                    int fromY = y + k / side - side / 2;
                    boolean inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
                    sum += inside ? kernel[k] * image[fromY * width + fromX] : 0;
                }
                sums[y * width + x] = Math.max(0, sum);
                most = Math.max(most, sum);
            }
        }
        byte[] pixels = new byte[sums.length];
        for (int i = 0; i < sums.length; i++) {
            pixels[i] = (byte) Math.round(255 * sums[i] / most);
        }
        return DataUri.ofGrey(pixels, width, height);
    }
}
