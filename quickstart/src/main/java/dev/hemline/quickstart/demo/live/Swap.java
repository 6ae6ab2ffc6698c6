package dev.hemline.quickstart.demo.live;

import dev.hemline.quickstart.demo.live.LiveStatus.PublishedModel;
import dev.hemline.service.Texts;
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

    /** For instance {@code v3 now serving: validation accuracy 86.1 %, was v2 with 80.3 %}. */
    public String sentence() {
        String what = "v" + version + " now serving" + accuracy(model, ": validation accuracy ");
        return previous.map(before -> what + ", was v" + before.version() + accuracy(before.model(), " with "))
                .orElse(what + ", the first model");
    }

    private static String accuracy(Optional<PublishedModel> model, String before) {
        return model.map(known -> before + Texts.percent(known.validationAccuracy()))
                .orElse("");
    }
}
