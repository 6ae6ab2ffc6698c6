package dev.hemline.page;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers which versions this instance has taken and which it has refused. Thread-safe. */
final class ModelNews {
    private static final int REMEMBERED = 100;

    private final Deque<Swap> swaps = new ArrayDeque<>();
    private final Map<String, Refusal> refusals = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refusal> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Optional<String> pinUnmet = Optional.empty();

    /** @param at when the version began to serve, in milliseconds since 1970 */
    record Swap(long at, String model, int version) {}

    /** @param reason a short code */
    record Refusal(String reason, String message) {}

    synchronized void serves(ModelManifest manifest, Instant now) {
        refusals.remove(key(manifest));
        swaps.addLast(new Swap(now.toEpochMilli(), manifest.getName(), manifest.getVersion()));
        if (swaps.size() > REMEMBERED) {
            swaps.removeFirst();
        }
    }

    synchronized void refused(ModelManifest manifest, ModelRefusedException why) {
        refusals.put(key(manifest), new Refusal(why.reason().code(), String.valueOf(why.getMessage())));
    }

    synchronized void pinUnmet(Optional<String> why) {
        pinUnmet = why;
    }

    /** Oldest first. */
    synchronized List<Swap> swaps() {
        return List.copyOf(swaps);
    }

    synchronized Optional<Refusal> refusal(ModelManifest manifest) {
        return Optional.ofNullable(refusals.get(key(manifest)));
    }

    /** Why the pin is not followed, if so. */
    synchronized Optional<String> pinUnmet() {
        return pinUnmet;
    }

    /** A version that was published again with other content is another one to be refused. */
    private static String key(ModelManifest manifest) {
        return manifest.getName() + "/" + manifest.getVersion() + "/"
                + manifest.getArchive().getSha256();
    }
}
