package dev.hemline.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Damaged copies of good inputs, the same ones each time. */
public final class Mutations {
    /** Headers are where the damage is done. */
    private static final int HEADER_BYTES = 64;
    /** Numbers that lengths and counts go wrong at. */
    private static final byte[][] BORDERS = {
        {0, 0, 0, 0}, {-1, -1, -1, -1}, {127, -1, -1, -1}, {-1, -1, -1, 127}, {-128, 0, 0, 0}, {0, 0, 0, -128}
    };

    private final List<byte[]> seeds;

    private Mutations(List<byte[]> seeds) {
        this.seeds = seeds;
    }

    public static Mutations of(Stream<byte[]> seeds) {
        return new Mutations(seeds.toList());
    }

    /** Gives that many of each seed to a reader; names the one that breaks its promise. */
    public void forEach(int rounds, Consumer<byte[]> reader) {
        for (int seed = 0; seed < seeds.size(); seed++) {
            Random random = new Random(seed);
            for (int round = 0; round < rounds; round++) {
                byte[] mutated = mutate(random, seeds.get(seed));
                try {
                    reader.accept(mutated);
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed + ", round " + round + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private byte[] mutate(Random random, byte[] seed) {
        byte[] mutated = seed;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            mutated = mutated.length == 0 ? new byte[] {(byte) random.nextInt()} : change(random, mutated);
        }
        return mutated;
    }

    private byte[] change(Random random, byte[] input) {
        int at = random.nextInt(random.nextBoolean() ? Math.min(HEADER_BYTES, input.length) : input.length);
        return switch (random.nextInt(16)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> cut(input, at, Math.min(input.length, at + 1 + random.nextInt(8)));
            case 2 -> insert(input, at, Arrays.copyOfRange(input, at, Math.min(input.length, at + 16)));
            case 3 -> spliced(input, at, seeds.get(random.nextInt(seeds.size())));
            case 4, 5, 6 -> overwrite(input, at, BORDERS[random.nextInt(BORDERS.length)]);
            case 7, 8 -> overwrite(input, at, (byte) 0xFF);
            case 9, 10 -> overwrite(input, at, (byte) 0);
            case 11, 12 -> overwrite(input, at, (byte) (input[at] ^ (1 << random.nextInt(8))));
            default -> overwrite(input, at, (byte) random.nextInt());
        };
    }

    private static byte[] overwrite(byte[] input, int at, byte... with) {
        byte[] changed = input.clone();
        System.arraycopy(with, 0, changed, at, Math.min(with.length, changed.length - at));
        return changed;
    }

    private static byte[] cut(byte[] input, int from, int to) {
        return joined(Arrays.copyOf(input, from), Arrays.copyOfRange(input, to, input.length));
    }

    private static byte[] insert(byte[] input, int at, byte[] what) {
        return joined(Arrays.copyOf(input, at), what, Arrays.copyOfRange(input, at, input.length));
    }

    private static byte[] spliced(byte[] input, int at, byte[] other) {
        return joined(Arrays.copyOf(input, at), Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
