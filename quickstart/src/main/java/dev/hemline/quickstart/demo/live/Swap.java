package dev.hemline.quickstart.demo.live;

import java.time.Instant;
import java.util.Optional;

/**
 * Another version began to answer.
 *
 * @param at when its first result was read
 * @param model empty if its manifest was not seen
 * @param previous empty for the first version
 */
public record Swap(Instant at, int version, Optional<PublishedModel> model, Optional<PreviousVersion> previous) {
    /** The version before, with what its maker measured. */
    public record PreviousVersion(int version, Optional<PublishedModel> model) {}
}
