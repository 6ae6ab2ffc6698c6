package dev.hemline.model.network;

import java.util.Arrays;
import java.util.List;

/** An immutable tensor of 32-bit floats, row-major in the order of its shape. */
public final class Tensor {
    private final List<Integer> shape;
    private final float[] values;
    private final boolean trainable;

    private Tensor(List<Integer> shape, float[] values, boolean trainable) {
        this.shape = List.copyOf(shape);
        this.values = values;
        this.trainable = trainable;
        int size = shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException("shape " + shape + " needs " + size + " numbers, got " + values.length);
        }
    }

    /**
     * A tensor that training changes.
     *
     * @throws IllegalArgumentException if there are more or fewer values than the shape holds
     */
    public static Tensor parameter(List<Integer> shape, float[] values) {
        return new Tensor(shape, values.clone(), true);
    }

    /**
     * A tensor that the optimizer leaves alone.
     *
     * @throws IllegalArgumentException if there are more or fewer values than the shape holds
     */
    public static Tensor buffer(List<Integer> shape, float[] values) {
        return new Tensor(shape, values.clone(), false);
    }

    /**
     * A tensor of the same shape and role.
     *
     * @throws IllegalArgumentException if there are more or fewer values than the shape holds
     */
    public Tensor withValues(float[] others) {
        return new Tensor(shape, others.clone(), trainable);
    }

    /** Length of each dimension; empty for a single number. */
    public List<Integer> shape() {
        return shape;
    }

    /** A copy of the numbers. */
    public float[] values() {
        return values.clone();
    }

    /** How many numbers it holds. */
    public int size() {
        return values.length;
    }

    /** Whether training changes it. */
    public boolean trainable() {
        return trainable;
    }

    /** The same numbers, changed by training or not. */
    Tensor trainable(boolean wanted) {
        return wanted == trainable ? this : new Tensor(shape, values, wanted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && trainable == that.trainable
                && shape.equals(that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return (trainable ? "parameter" : "buffer") + shape;
    }
}
