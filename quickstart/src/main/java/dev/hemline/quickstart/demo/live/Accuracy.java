package dev.hemline.quickstart.demo.live;

import java.util.OptionalDouble;

/** Right answers among those whose truth is known. */
public record Accuracy(long known, long correct) {
    static final Accuracy NONE = new Accuracy(0, 0);

    Accuracy plus(boolean right) {
        return new Accuracy(known + 1, correct + (right ? 1 : 0));
    }

    Accuracy minus(boolean right) {
        return new Accuracy(known - 1, correct - (right ? 1 : 0));
    }

    public OptionalDouble share() {
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / known);
    }
}
