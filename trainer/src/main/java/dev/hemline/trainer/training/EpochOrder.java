package dev.hemline.trainer.training;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which images an epoch goes through, and in which order. */
public interface EpochOrder {
    /** How many it goes through, one that comes twice counted twice; the same for every epoch. */
    int length();

    /** The places of the images, drawn anew for an epoch. */
    int[] draw(SplittableRandom random);

    /** Every image once. */
    static EpochOrder shuffled(int images) {
        return new Shuffled(images);
    }

    /**
     * Every image once.
     *
     * @param length how many there are
     */
    record Shuffled(int length) implements EpochOrder {
        @Override
        public int[] draw(SplittableRandom random) {
            return shuffle(IntStream.range(0, length).toArray(), random);
        }
    }

    /**
     * As many of the first images as of the others behind them, in turns, so that half of every batch is from each. Of each kind none
     * comes twice before all have come once.
     *
     * @param length of the epoch
     * @param first how many images there are of the one kind, at least 1
     * @param others how many of the other, at least 1
     */
    record Halves(int length, int first, int others) implements EpochOrder {
        @Override
        public int[] draw(SplittableRandom random) {
            int half = (length + 1) / 2;
            int[] ones = dealt(first, half, random);
            int[] twos = dealt(others, half, random);
            return IntStream.range(0, length)
                    .map(i -> i % 2 == 0 ? ones[i / 2] : first + twos[i / 2])
                    .toArray();
        }

        private static int[] dealt(int images, int count, SplittableRandom random) {
            int[] dealt = new int[count];
            for (int done = 0; done < count; done += images) {
                int[] round = new Shuffled(images).draw(random);
                System.arraycopy(round, 0, dealt, done, Math.min(images, count - done));
            }
            return dealt;
        }
    }

    private static int[] shuffle(int[] order, SplittableRandom random) {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
