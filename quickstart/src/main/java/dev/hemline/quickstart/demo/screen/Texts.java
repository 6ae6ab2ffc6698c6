package dev.hemline.quickstart.demo.screen;

import dev.hemline.quickstart.demo.live.PublishedModel;
import dev.hemline.quickstart.demo.live.Swap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How figures read. */
public final class Texts {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Texts() {}

    /** For instance {@code 86.1 %}, or a dash where there is nothing to say. */
    public static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : "-";
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** For instance {@code 14,210}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** For instance {@code 1:05}. */
    static String minutes(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    /** For instance {@code 12:00:31}. */
    public static String clock(Instant at, ZoneId zone) {
        return CLOCK.format(at.atZone(zone));
    }

    /** For instance {@code v3 now serving: validation accuracy 86.1 %, was v2 with 80.3 %}. */
    public static String swap(Swap swap) {
        String what = "v" + swap.version() + " now serving" + accuracy(swap.model(), ": validation accuracy ");
        return swap.previous()
                .map(before -> what + ", was v" + before.version() + accuracy(before.model(), " with "))
                .orElse(what + ", the first model");
    }

    private static String accuracy(Optional<PublishedModel> model, String before) {
        return model.map(known -> before + percent(known.validationAccuracy())).orElse("");
    }
}
