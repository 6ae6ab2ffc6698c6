package dev.hemline.benchmarks.inference;

import static java.util.Comparator.comparingDouble;

import dev.hemline.benchmarks.peer.MatrixProduct;
import dev.hemline.benchmarks.tournament.Speed;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one core of this machine came to with nothing but products of large float32 matrices.
 *
 * @param library the one that was fastest
 * @param billions of operations a second
 */
record Peak(String library, Spread billions) {
    private static final double BILLION = 1e9;

    /** @param speeds products a second, in the order of the products */
    static Peak of(List<MatrixProduct> products, List<Speed> speeds) {
        return IntStream.range(0, products.size())
                .mapToObj(i -> of(products.get(i), speeds.get(i)))
                .max(comparingDouble(peak -> peak.billions().median()))
                .orElseThrow();
    }

    private static Peak of(MatrixProduct product, Speed speed) {
        return new Peak(
                product.library(),
                Spread.of(speed.turns().stream()
                        .map(perSecond -> perSecond * product.operations() / BILLION)
                        .toList()));
    }

    /** That many operations a second as a share of this. */
    double share(double operationsPerSecond) {
        return operationsPerSecond / BILLION / billions.median();
    }
}
