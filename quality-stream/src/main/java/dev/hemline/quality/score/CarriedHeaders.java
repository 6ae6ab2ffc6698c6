package dev.hemline.quality.score;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * What travels from results to their scores, though labels come hours later: the headers of W3C's Trace Context, those of the
 * newest result of an id, kept as long as its evidence. As text, {@code name: value} by the line.
 */
final class CarriedHeaders {
    private static final Pattern NAMES = Pattern.compile("traceparent|tracestate");
    /** Printable ASCII, as the specification has it, and no longer than it asks anybody to keep. */
    private static final Pattern VALUE = Pattern.compile("[ -~]{1,512}");

    private final WindowStore<String, byte[]> store;
    private final long windowMillis;

    CarriedHeaders(WindowStore<String, byte[]> store, Duration window) {
        this.store = store;
        this.windowMillis = window.toMillis();
    }

    /** Those of a result that travel on; at most one of each name, the last. */
    static Headers of(Headers result) {
        Headers carried = new RecordHeaders();
        for (Header header : result) {
            if (NAMES.matcher(header.key()).matches() && header.value() != null) {
                carried.remove(header.key()).add(header);
            }
        }
        return carried;
    }

    /** Does nothing where there are none, as of most results. */
    void keep(String id, Headers carried, long now) {
        StringBuilder lines = new StringBuilder();
        for (Header header : carried) {
            String value = new String(header.value(), UTF_8);
            if (VALUE.matcher(value).matches()) {
                lines.append(header.key()).append(": ").append(value).append('\n');
            }
        }
        if (!lines.isEmpty()) {
            store.put(id, lines.toString().getBytes(UTF_8), now);
        }
    }

    /** Of the newest result of {@code id}; anybody may have written to the changelog, and what is no such header is none. */
    Headers find(String id, long now) {
        Headers carried = new RecordHeaders();
        try (WindowStoreIterator<byte[]> newestFirst = store.backwardFetch(id, now - windowMillis, now)) {
            if (newestFirst.hasNext()) {
                new String(newestFirst.next().value, UTF_8).lines().limit(2).forEach(line -> {
                    int colon = line.indexOf(": ");
                    if (colon > 0 && NAMES.matcher(line.substring(0, colon)).matches()) {
                        carried.add(
                                line.substring(0, colon),
                                line.substring(colon + 2).getBytes(UTF_8));
                    }
                });
            }
        }
        return carried;
    }
}
