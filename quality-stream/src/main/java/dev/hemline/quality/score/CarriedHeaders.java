package dev.hemline.quality.score;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * What travels from results to their scores, though labels come hours later: the headers of W3C's Trace Context and the attributes
 * of a CloudEvent, those of the newest result of an id, kept as long as its evidence. As text, {@code name: value} by the line.
 */
final class CarriedHeaders {
    /** But for what is said of a picture's bytes: an address of theirs may hold a signature. */
    private static final Pattern NAMES =
            Pattern.compile("traceparent|tracestate|ce_(?!dataref$|dataschema$)[a-z0-9]{1,20}");

    /** Printable ASCII, as the specification has it, and no longer than it asks anybody to keep. */
    private static final Pattern TRACE = Pattern.compile("[ -~]{1,512}");
    /** Without control characters, as the specification has it, and as long as ids and sources may be. */
    private static final Pattern ATTRIBUTE = Pattern.compile("\\P{Cc}{1,1024}");

    /** In all, with names: what anybody may add to a result is kept for a day. */
    private static final int MOST_BYTES = 4 << 10;

    private final WindowStore<String, byte[]> store;
    private final long windowMillis;

    CarriedHeaders(WindowStore<String, byte[]> store, Duration window) {
        this.store = store;
        this.windowMillis = window.toMillis();
    }

    /** Those of a result that travel on; at most one of each name, the last, and no more than are kept. */
    static Headers of(Headers result) {
        Map<String, byte[]> last = new LinkedHashMap<>();
        for (Header header : result) {
            if (travels(header.key(), header.value())) {
                last.put(header.key(), header.value());
            }
        }
        Headers carried = new RecordHeaders();
        int bytes = 0;
        for (Map.Entry<String, byte[]> header : last.entrySet()) {
            int more = header.getKey().length() + header.getValue().length + ": \n".length();
            if (bytes + more <= MOST_BYTES) {
                bytes += more;
                carried.add(header.getKey(), header.getValue());
            }
        }
        return carried;
    }

    private static boolean travels(String name, byte @Nullable [] value) {
        if (value == null || value.length > MOST_BYTES || !NAMES.matcher(name).matches()) {
            return false;
        }
        String text = new String(value, UTF_8);
        Pattern allowed = name.startsWith("ce_") ? ATTRIBUTE : TRACE;
        return allowed.matcher(text).matches() && Arrays.equals(text.getBytes(UTF_8), value);
    }

    /** Does nothing where there are none, as of most results. */
    void keep(String id, Headers carried, long now) {
        StringBuilder lines = new StringBuilder();
        for (Header header : carried) {
            lines.append(header.key())
                    .append(": ")
                    .append(new String(header.value(), UTF_8))
                    .append('\n');
        }
        if (!lines.isEmpty()) {
            store.put(id, lines.toString().getBytes(UTF_8), now);
        }
    }

    /** Of the newest result of {@code id}; anybody may have written to the changelog, and what could not be kept is none. */
    Headers find(String id, long now) {
        Headers carried = new RecordHeaders();
        // What another instance kept may be of a clock that is ahead.
        try (WindowStoreIterator<byte[]> newestFirst =
                store.backwardFetch(id, now - windowMillis, now + windowMillis)) {
            if (newestFirst.hasNext()) {
                byte[] kept = newestFirst.next().value;
                if (kept.length <= MOST_BYTES) {
                    for (String line : new String(kept, UTF_8).split("\n", -1)) {
                        add(line, carried);
                    }
                }
            }
        }
        return of(carried);
    }

    private static void add(String line, Headers carried) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
            carried.add(line.substring(0, colon), line.substring(colon + 2).getBytes(UTF_8));
        }
    }
}
