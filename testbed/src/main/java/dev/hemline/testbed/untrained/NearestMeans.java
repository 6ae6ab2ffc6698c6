package dev.hemline.testbed.untrained;

import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear layer after a network's own outputs z, by which the class is the one whose mean m the outputs are nearest to: m z - |m|^2 / 2 is
 * highest there. Both layers are one, for the first is linear too.
 */
final class NearestMeans {
    private static final int CLASSES = FashionMnist.CLASSES;
    private static final int PIXELS = FashionMnist.HEIGHT * FashionMnist.WIDTH;
    /** So that some answers are sure and others are not. */
    private static final double STEEPNESS = 20;

    private final double[][] means = new double[CLASSES][CLASSES];

    /** @param examples of every class */
    NearestMeans(ImageClassifier network, LabelledImages examples) {
        int[] counts = new int[CLASSES];
        ByteBuffer pixels = ByteBuffer.allocateDirect(examples.size() * PIXELS);
        for (int i = 0; i < examples.size(); i++) {
            pixels.put(examples.image(i));
        }
        float[][] probabilities = network.classify(pixels.flip(), examples.size());
        for (int i = 0; i < examples.size(); i++) {
            double[] outputs = centred(probabilities[i]);
            int label = examples.label(i);
            counts[label]++;
            for (int k = 0; k < CLASSES; k++) {
                means[label][k] += outputs[k];
            }
        }
        for (int label = 0; label < CLASSES; label++) {
            for (int k = 0; k < CLASSES; k++) {
                means[label][k] /= counts[label];
            }
        }
    }

    /** The outputs that gave these probabilities, less their mean, which says nothing. */
    private static double[] centred(float[] probabilities) {
        double[] logs = new double[CLASSES];
        double mean = 0;
        for (int k = 0; k < CLASSES; k++) {
            logs[k] = Math.log(probabilities[k]);
            mean += logs[k] / CLASSES;
        }
        for (int k = 0; k < CLASSES; k++) {
            logs[k] -= mean;
        }
        return logs;
    }

    /** The network's weights with both layers as its last one. */
    Weights in(Weights network) {
        List<String> names = new ArrayList<>(network.tensors().keySet());
        String weight = names.get(names.size() - 2);
        String bias = names.get(names.size() - 1);
        float[] rows = network.get(weight).values();
        float[] offsets = network.get(bias).values();
        int features = rows.length / CLASSES;
        float[] newRows = new float[rows.length];
        float[] newOffsets = new float[CLASSES];
        double scale = STEEPNESS / meanSquare();
        for (int label = 0; label < CLASSES; label++) {
            double offset = 0;
            for (int k = 0; k < CLASSES; k++) {
                double mean = means[label][k];
                offset += mean * offsets[k] - mean * mean / 2;
                for (int feature = 0; feature < features; feature++) {
                    newRows[label * features + feature] += (float) (scale * mean * rows[k * features + feature]);
                }
            }
            newOffsets[label] = (float) (scale * offset);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.tensors());
        tensors.put(weight, network.get(weight).withValues(newRows));
        tensors.put(bias, network.get(bias).withValues(newOffsets));
        return new Weights(tensors);
    }

    private double meanSquare() {
        double sum = 0;
        for (double[] mean : means) {
            for (double value : mean) {
                sum += value * value;
            }
        }
        return sum / CLASSES;
    }
}
