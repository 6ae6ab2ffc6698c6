package dev.hemline.quality.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.Texts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The 50 busiest of however many sources, which have names; all others together are {@link #REST}. Counts halve every 100,000
 * results, so that what has ended goes.
 *
 * <p>Those with a name are counted exactly, the others by the Space-Saving sketch of Metwally, Agrawal and El Abbadi: 150 counters, of
 * which a source that has none takes the lowest over. What it takes over is its error, and only what it has surely had counts
 * when names are given: a stranger who makes up a source for every result takes nobody's. A challenger has to be a quarter
 * ahead, so that two alike do not take turns.
 *
 * <p>The same sources in the same order make the same names; no clock. Not thread-safe.
 */
public final class BusiestSources {
    /** All that have no name of their own, and what has no source. */
    public static final String REST = "";
    /** How people see {@link #REST}; a source that is called so is one of them. */
    public static final String SHOWN_REST = "other";
    /** How many have names. */
    public static final int NAMED = 50;

    /** Beside those. */
    private static final int CANDIDATES = 150;

    private static final int HALF_LIFE = 100_000;
    private static final int MAX_CHARS = 89;
    /** Of a longer one, before what tells it from others that begin alike. */
    private static final int KEPT_CHARS = 80;

    private static final byte FORMAT = 1;

    private final Map<String, Counter> named = new HashMap<>();
    private final Map<String, Counter> candidates = new HashMap<>();
    private int sinceHalved;

    /** At most so many results, of which so many may have been others'. */
    private static final class Counter {
        private long results;
        private long error;

        Counter(long results, long error) {
            this.results = results;
            this.error = error;
        }

        long surely() {
            return results - error;
        }

        /** Whether anything is left that is surely its own. */
        boolean halved() {
            results /= 2;
            error /= 2;
            return surely() > 0;
        }
    }

    /**
     * Counts one result.
     *
     * @param source whatever a stranger called it
     * @return its name, which is the source itself but for what is odd or long about it; {@link #REST} where it has none
     */
    public String name(String source) {
        // Nearly always: it need not be looked at closer then.
        String name = named.containsKey(source) ? source : bounded(source);
        if (name.equals(REST)) {
            return REST;
        }
        if (++sinceHalved >= HALF_LIFE) {
            sinceHalved = 0;
            halve(named);
            halve(candidates);
        }
        Counter known = named.get(name);
        if (known != null) {
            known.results++;
            return name;
        }
        Counter candidate = candidate(name);
        candidate.results++;
        return takesName(name, candidate) ? name : REST;
    }

    private static void halve(Map<String, Counter> counters) {
        counters.values().removeIf(counter -> !counter.halved());
    }

    private Counter candidate(String name) {
        Counter known = candidates.get(name);
        if (known != null) {
            return known;
        }
        long error = 0;
        if (candidates.size() >= CANDIDATES) {
            String least = least(candidates, counter -> counter.results);
            error = Objects.requireNonNull(candidates.remove(least)).results;
        }
        Counter taken = new Counter(error, error);
        candidates.put(name, taken);
        return taken;
    }

    private boolean takesName(String name, Counter candidate) {
        if (named.size() >= NAMED) {
            // Whoever has a name has had a result.
            if (candidate.surely() <= 1) {
                return false;
            }
            String least = least(named, Counter::surely);
            Counter holder = Objects.requireNonNull(named.get(least));
            if (candidate.surely() * 4 <= holder.surely() * 5) {
                return false;
            }
            named.remove(least);
            candidates.put(least, holder);
        }
        candidates.remove(name);
        named.put(name, candidate);
        return true;
    }

    /** The first by name where two are alike, so that no order has to be kept. */
    private static String least(Map<String, Counter> counters, ToLongFunction<Counter> by) {
        String least = "";
        long lowest = Long.MAX_VALUE;
        for (Map.Entry<String, Counter> one : counters.entrySet()) {
            long results = by.applyAsLong(one.getValue());
            if (results < lowest || (results == lowest && one.getKey().compareTo(least) < 0)) {
                lowest = results;
                least = one.getKey();
            }
        }
        return least;
    }

    /** Those that have a name now, {@link #REST} not among them. What is kept by name can go where its name is not here any more. */
    public Set<String> names() {
        return Set.copyOf(named.keySet());
    }

    /** Whether it has a name now; so has {@link #REST}. */
    public boolean isNamed(String name) {
        return name.equals(REST) || named.containsKey(name);
    }

    /** A name as people see it. */
    public static String shown(String name) {
        return name.equals(REST) ? SHOWN_REST : name;
    }

    /**
     * A source as it can be a name: printable, at most 89 characters, and two that differ only further behind still two. It stays as it
     * is if it is one already.
     */
    public static String bounded(String source) {
        // What is half a character would not come back from bytes as it was.
        String printable = new String(Texts.printable(source).strip().getBytes(UTF_8), UTF_8);
        if (printable.equals(SHOWN_REST)) {
            return REST;
        }
        if (printable.length() <= MAX_CHARS) {
            return printable;
        }
        int end = Character.isHighSurrogate(printable.charAt(KEPT_CHARS - 1)) ? KEPT_CHARS - 1 : KEPT_CHARS;
        return printable.substring(0, end) + "~" + String.format(Locale.ROOT, "%08x", source.hashCode());
    }

    /** All of it, some 10 kB at most, for {@link #of}; the same bytes for the same counts. */
    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(sinceHalved);
            write(named, out);
            write(candidates, out);
        } catch (IOException e) {
            throw new UncheckedIOException("An in-memory stream cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Map<String, Counter> counters, DataOutputStream out) throws IOException {
        List<String> names = new ArrayList<>(counters.keySet());
        names.sort(Comparator.naturalOrder());
        out.writeShort(names.size());
        for (String name : names) {
            Counter counter = counters.getOrDefault(name, new Counter(0, 0));
            out.writeUTF(name);
            out.writeLong(counter.results);
            out.writeLong(counter.error);
        }
    }

    /** As it was when it was written. One that has counted nothing where there is none, or what is there is nothing of the kind. */
    public static BusiestSources of(byte @Nullable [] bytes) {
        var sources = new BusiestSources();
        if (bytes != null) {
            try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                sources.read(in);
            } catch (IOException e) {
                // Anybody may have written to a changelog, and a later release may write otherwise: names are given
                // anew.
                return new BusiestSources();
            }
        }
        return sources;
    }

    private void read(DataInputStream in) throws IOException {
        if (in.readByte() != FORMAT) {
            throw new IOException("Of another format");
        }
        sinceHalved = in.readInt();
        read(named, NAMED, in);
        read(candidates, CANDIDATES, in);
        if (in.read() >= 0 || sinceHalved < 0 || sinceHalved >= HALF_LIFE) {
            throw new IOException("Nothing of ours");
        }
    }

    private static void read(Map<String, Counter> counters, int most, DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        for (int i = 0; i < size; i++) {
            String name = in.readUTF();
            var counter = new Counter(in.readLong(), in.readLong());
            boolean possible = counter.error >= 0 && counter.results > 0 && counter.surely() >= 0;
            if (size > most || !possible || name.equals(REST) || !name.equals(bounded(name))) {
                throw new IOException("Nothing of ours");
            }
            counters.put(name, counter);
        }
    }
}
