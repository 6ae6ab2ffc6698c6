package dev.hemline.quickstart.demo.live;

import dev.hemline.quickstart.demo.live.LiveStatus.Serving;
import dev.hemline.service.Texts;
import java.time.Instant;
import java.util.Optional;

/**
 * Another version began to answer.
 *
 * @param at when its first result was read
 * @param before empty for the first version
 */
public record Swap(Instant at, Serving after, Optional<Serving> before) {
    /** For instance {@code v3 now serving: validation accuracy 86.1 %, was v2 with 80.3 %}. */
    public String sentence() {
        String what = "v" + after.version() + " now serving" + accuracy(after, ": validation accuracy ");
        return before.map(former -> what + ", was v" + former.version() + accuracy(former, " with "))
                .orElse(what + ", the first model");
    }

    private static String accuracy(Serving version, String intro) {
        return version.model()
                .map(known -> intro + Texts.percent(known.validationAccuracy()))
                .orElse("");
    }
}
