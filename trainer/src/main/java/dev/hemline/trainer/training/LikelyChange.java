package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What makes images that are known look, on the whole, like traffic does now: a change that cameras, light or software make, or several, one upon the
 * other. With it images whose labels are known become as many labelled pictures of now as one likes.
 *
 * @param parts in the order in which they are made
 * @param explained the share of the distance between the images and traffic that it takes away, 0 to 1
 */
public record LikelyChange(List<Part> parts, double explained) {
    private static final int MOST_PARTS = 2;
    private static final int LOOKED_AT = 600;
    private static final int JUDGED_BY = 3_000;
    private static final int REFINEMENTS = 5;

    /** What takes less away explains nothing. */
    private static final double FEWEST_EXPLAINED = 0.9;

    /** A second change has to take so much of the rest away. */
    private static final double FEWEST_MORE = 0.5;

    /** Nothing is left to explain: what is the same differs by 1. */
    private static final double SAME = 1.5;

    /** What there is to try; strengths rise, and between two of them lies what a third is like. */
    enum Kind {
        BRIGHTER(Corruption::brighter, -120, -80, -60, -40, -20, -10, 10, 20, 40, 60, 80, 120),
        SCALED(Corruption::darker, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.15, 1.4, 1.8, 2.5),
        NOISE(Corruption::noise, 5, 10, 20, 35, 50, 70, 100),
        BLURRED(Corruption::blur, 0.4, 0.6, 0.8, 1, 1.4, 2, 3),
        ROTATED(Corruption::rotate, -90, -60, -45, -30, -20, -15, -10, -5, 5, 10, 15, 20, 30, 45, 60, 90),
        SHIFTED_RIGHT(right -> Corruption.shift(right, 0), -8, -6, -4, -2, -1, 1, 2, 4, 6, 8),
        SHIFTED_DOWN(down -> Corruption.shift(0, down), -8, -6, -4, -2, -1, 1, 2, 4, 6, 8),
        ZOOMED(Corruption::zoom, 0.5, 0.65, 0.8, 0.9, 1.1, 1.2, 1.35, 1.6, 2),
        INVERTED(always -> Corruption.invert(), 1),
        UPSIDE_DOWN(always -> Corruption.flip(), 1),
        JPEG(Corruption::jpeg, 5, 10, 20, 40);

        @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
        private final DoubleFunction<Corruption> change;

        @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
        private final double[] strengths;

        Kind(DoubleFunction<Corruption> change, double... strengths) {
            this.change = change;
            this.strengths = strengths;
        }
    }

    /** One change. */
    record Part(Kind kind, double strength) {
        Corruption corruption() {
            return kind.change.apply(strength);
        }

        @Override
        public String toString() {
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return kind.strengths.length == 1 ? name : name + " " + String.format(Locale.ROOT, "%.3g", strength);
        }
    }

    public LikelyChange {
        parts = List.copyOf(parts);
    }

    /**
     * What explains traffic best.
     *
     * @param known images as they were
     * @param traffic of now
     * @param seed of what is left to chance
     * @return empty if nothing explains it well, or there is nothing to explain
     */
    public static Optional<LikelyChange> between(LabelledImages known, LabelledImages traffic, long seed) {
        return new Search(known, traffic, seed).run();
    }

    /** Makes a picture of now of one of then. */
    public Corruption corruption() {
        return chain(parts);
    }

    /** Images of then as they would look now; their labels stay. */
    public LabelledImages of(LabelledImages images, long seed) {
        var random = new SplittableRandom(seed);
        return images.changed(pixels -> corruption().apply(pixels, images.width(), images.height(), random));
    }

    private static Corruption chain(List<Part> parts) {
        List<Corruption> all = parts.stream().map(Part::corruption).toList();
        return (pixels, width, height, random) -> {
            byte[] changed = pixels;
            for (Corruption one : all) {
                changed = one.apply(changed, width, height, random);
            }
            return changed;
        };
    }

    /** In words, such as {@code brighter 39.7}. */
    @Override
    public String toString() {
        return parts.stream().map(Part::toString).collect(Collectors.joining(", then "));
    }

    private static final class Search {
        private final LabelledImages known;
        private final int[] few;
        private final int[] many;
        private final long seed;
        private final ImageMoments traffic;

        Search(LabelledImages known, LabelledImages traffic, long seed) {
            this.known = known;
            this.seed = seed;
            int[] order = EpochOrder.shuffled(known.size()).draw(new SplittableRandom(seed));
            few = Arrays.copyOf(order, Math.min(LOOKED_AT, order.length));
            many = Arrays.copyOf(order, Math.min(JUDGED_BY, order.length));
            this.traffic = ImageMoments.of(
                    traffic,
                    IntStream.range(0, traffic.size()).toArray(),
                    Corruption.none(),
                    new SplittableRandom(seed));
        }

        Optional<LikelyChange> run() {
            double unchanged = distance(List.of(), many);
            List<Part> parts = List.of();
            double left = unchanged;
            while (parts.size() < MOST_PARTS && left > SAME) {
                List<Part> longer = refined(bestAfter(parts));
                double then = distance(longer, many);
                if (!parts.isEmpty() && then > left * FEWEST_MORE) {
                    break;
                }
                parts = longer;
                left = then;
            }
            double explained = 1 - left / unchanged;
            return parts.isEmpty() || explained < FEWEST_EXPLAINED
                    ? Optional.empty()
                    : Optional.of(new LikelyChange(parts, explained));
        }

        private double distance(List<Part> parts, int[] places) {
            return ImageMoments.of(known, places, chain(parts), new SplittableRandom(seed))
                    .distance(traffic);
        }

        private List<Part> bestAfter(List<Part> before) {
            List<Part> best = before;
            double least = Double.MAX_VALUE;
            for (Kind kind : Kind.values()) {
                for (double strength : kind.strengths) {
                    List<Part> tried = with(before, new Part(kind, strength));
                    double distance = distance(tried, few);
                    if (distance < least) {
                        least = distance;
                        best = tried;
                    }
                }
            }
            return best;
        }

        /** Between the strengths beside the best one there may be a better one. */
        private List<Part> refined(List<Part> rough) {
            Part last = rough.get(rough.size() - 1);
            double[] strengths = last.kind().strengths;
            int place = Arrays.binarySearch(strengths, last.strength());
            double low = strengths[Math.max(0, place - 1)];
            double high = strengths[Math.min(strengths.length - 1, place + 1)];
            List<Part> before = rough.subList(0, rough.size() - 1);
            List<Part> best = rough;
            double least = distance(rough, many);
            for (int round = 0; round < REFINEMENTS && high > low; round++) {
                double middle = best.get(best.size() - 1).strength();
                double below = (low + middle) / 2;
                double above = (middle + high) / 2;
                double distanceBelow = distance(with(before, new Part(last.kind(), below)), many);
                double distanceAbove = distance(with(before, new Part(last.kind(), above)), many);
                if (distanceBelow < Math.min(least, distanceAbove)) {
                    least = distanceBelow;
                    best = with(before, new Part(last.kind(), below));
                    high = middle;
                } else if (distanceAbove < least) {
                    least = distanceAbove;
                    best = with(before, new Part(last.kind(), above));
                    low = middle;
                } else {
                    low = below;
                    high = above;
                }
            }
            return best;
        }

        private static List<Part> with(List<Part> before, Part last) {
            List<Part> all = new ArrayList<>(before);
            all.add(last);
            return all;
        }
    }
}
