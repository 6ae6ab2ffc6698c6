package dev.hemline.model.network;

import dev.hemline.model.network.TensorSpec.Initial;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One step of a network. What comes in is inferred from the layer before, so a list of layers reads like the paper. */
public sealed interface Layer {

    /** By layer, prefixes of the names that {@link Network} gives: the third {@code Conv2d} is {@code conv3}. */
    Map<Class<? extends Layer>, String> KINDS = Map.of(
            Conv2d.class, "conv",
            BatchNorm.class, "norm",
            Relu.class, "relu",
            MaxPool.class, "pool",
            Residual.class, "residual",
            GlobalAveragePool.class, "average",
            Linear.class, "linear");

    /** The prefix of this layer's name. */
    default String kind() {
        return Objects.requireNonNull(KINDS.get(getClass()));
    }

    /**
     * What comes out when {@code in} goes in: as much, unless a layer says otherwise.
     *
     * @throws IllegalArgumentException if this layer cannot take it
     */
    default Dimensions output(Dimensions in) {
        return in;
    }

    /** The layers inside this one, in order. */
    default List<Layer> body() {
        return List.of();
    }

    /** Tensors it needs itself, without its body's, when it is called {@code name} and {@code in} goes in. */
    default List<TensorSpec> tensors(String name, Dimensions in) {
        return List.of();
    }

    /**
     * Multiplications and additions for one image, each counted as one, without the body's; only what a matrix product
     * does counts.
     */
    default long operations(Dimensions in) {
        return 0;
    }

    /**
     * A square convolution.
     *
     * @param channels feature maps that come out
     * @param kernel rows and columns of the window, odd
     * @param stride step of the window
     * @param bias whether to add a number per feature map; not needed before {@link BatchNorm}
     */
    record Conv2d(int channels, int kernel, int stride, boolean bias) implements Layer {
        public Conv2d {
            if (channels < 1 || kernel < 1 || kernel % 2 == 0 || stride < 1) {
                throw new IllegalArgumentException("a convolution needs channels >= 1, an odd kernel and stride >= 1");
            }
        }

        /** A convolution of stride 1 without bias. */
        public Conv2d(int channels, int kernel) {
            this(channels, kernel, 1, false);
        }

        /** Rows and columns of zeros around the image, so that stride 1 keeps its size. */
        public int padding() {
            return kernel / 2;
        }

        @Override
        public Dimensions output(Dimensions in) {
            return new Dimensions(channels, (in.height() - 1) / stride + 1, (in.width() - 1) / stride + 1);
        }

        @Override
        public List<TensorSpec> tensors(String name, Dimensions in) {
            TensorSpec weight = new TensorSpec(
                    name + "_weight", List.of(channels, in.channels(), kernel, kernel), Initial.HE_NORMAL);
            return bias
                    ? List.of(weight, new TensorSpec(name + "_bias", List.of(channels), Initial.ZEROS))
                    : List.of(weight);
        }

        @Override
        public long operations(Dimensions in) {
            return 2L * kernel * kernel * in.channels() * output(in).size();
        }
    }

    /** Normalises each feature map over the batch; in inference by the running mean and variance. */
    record BatchNorm() implements Layer {
        /** Added to the variance. */
        public static final double EPSILON = 1e-5;
        /** Share of a batch's statistics in the running ones. */
        public static final double MOMENTUM = 0.1;

        @Override
        public List<TensorSpec> tensors(String name, Dimensions in) {
            List<Integer> shape = List.of(in.channels());
            return List.of(
                    new TensorSpec(name + "_gamma", shape, Initial.ONES),
                    new TensorSpec(name + "_beta", shape, Initial.ZEROS),
                    new TensorSpec(name + "_running_mean", shape, Initial.BUFFER_ZEROS),
                    new TensorSpec(name + "_running_var", shape, Initial.BUFFER_ONES));
        }
    }

    /** Replaces what is below zero by zero. */
    record Relu() implements Layer {}

    /**
     * Keeps the largest number of each square window; windows do not overlap.
     *
     * @param window rows and columns of the window
     */
    record MaxPool(int window) implements Layer {
        public MaxPool {
            if (window < 2) {
                throw new IllegalArgumentException("a pooling window is at least 2, not " + window);
            }
        }

        @Override
        public Dimensions output(Dimensions in) {
            return new Dimensions(in.channels(), in.height() / window, in.width() / window);
        }
    }

    /**
     * Adds what some layers make of the feature maps to the feature maps themselves. So they learn only a difference, and
     * gradients have a short way past them: deeper networks learn in fewer epochs.
     *
     * @param body layers whose output is as large as their input
     */
    record Residual(List<Layer> body) implements Layer {
        public Residual {
            body = List.copyOf(body);
            if (body.isEmpty()) {
                throw new IllegalArgumentException("a residual has layers that it adds to its input");
            }
        }

        @Override
        public Dimensions output(Dimensions in) {
            Dimensions out = in;
            for (Layer layer : body) {
                out = layer.output(out);
            }
            if (!out.equals(in)) {
                throw new IllegalArgumentException(
                        "a residual adds what its body gives to what came in, but " + out + " does not add to " + in);
            }
            return in;
        }
    }

    /** Averages each feature map to one number. */
    record GlobalAveragePool() implements Layer {
        @Override
        public Dimensions output(Dimensions in) {
            return new Dimensions(in.channels(), 1, 1);
        }
    }

    /**
     * A fully connected layer with bias; comes after {@link GlobalAveragePool}.
     *
     * @param outputs numbers that come out
     */
    record Linear(int outputs) implements Layer {
        public Linear {
            if (outputs < 1) {
                throw new IllegalArgumentException("a linear layer needs at least one output, not " + outputs);
            }
        }

        @Override
        public Dimensions output(Dimensions in) {
            if (in.height() != 1 || in.width() != 1) {
                throw new IllegalArgumentException("a linear layer takes averaged feature maps, not " + in);
            }
            return new Dimensions(outputs, 1, 1);
        }

        @Override
        public List<TensorSpec> tensors(String name, Dimensions in) {
            return List.of(
                    new TensorSpec(name + "_weight", List.of(outputs, in.channels()), Initial.UNIFORM_FAN_IN),
                    new TensorSpec(name + "_bias", List.of(outputs), Initial.ZEROS));
        }

        @Override
        public long operations(Dimensions in) {
            return 2L * in.channels() * outputs;
        }
    }
}
