package dev.hemline.quickstart.demo.screen;

import dev.hemline.quickstart.demo.live.LiveStatus;
import dev.hemline.quickstart.demo.live.LiveStatus.Accuracy;
import dev.hemline.quickstart.demo.live.LiveStatus.Serving;
import dev.hemline.service.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * A status as a few lines for a terminal: a pure function, so that tests can read it.
 *
 * @param colour whether lines may be coloured
 * @param unicode whether the terminal shows more than ASCII
 */
record StatusBlock(boolean colour, boolean unicode) {
    private static final int VERSIONS = 4;
    private static final int BAR = 24;
    private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
    private static final AttributedStyle GOOD = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle WARNING = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);

    /** @param width columns of the terminal; longer lines are cut */
    List<AttributedString> lines(Screen.Status status, int width) {
        var lines = new ArrayList<AttributedString>();
        lines.add(AttributedString.EMPTY);
        lines.add(title(status));
        lines.add(serving(status));
        lines.add(stream(status.live()));
        lines.add(accuracy(status.live()));
        lines.add(rejects(status.live()));
        lines.add(training(status));
        return lines.stream()
                .map(line -> line.columnSubSequence(0, Math.max(1, width - 1)))
                .map(line -> colour ? line : new AttributedString(line.toString()))
                .toList();
    }

    private AttributedString title(Screen.Status status) {
        String time = Texts.minutes(status.elapsed())
                + status.length().map(length -> " of " + Texts.minutes(length)).orElse("");
        return new AttributedStringBuilder()
                .append("  Hemline ", AttributedStyle.BOLD)
                .append(" " + time + dot() + status.doing(), FAINT)
                .toAttributedString();
    }

    private AttributedString serving(Screen.Status status) {
        var line = label("serving");
        if (status.live().serving().isPresent()) {
            Serving serving = status.live().serving().get();
            line.append(serving.name() + " v" + serving.version(), GOOD.bold());
            serving.model()
                    .ifPresent(model ->
                            line.append(dot() + "validation accuracy " + Texts.percent(model.validationAccuracy())));
        } else {
            line.append("nothing yet: " + status.notReady().orElse("the first results are on their way"), WARNING);
        }
        return line.toAttributedString();
    }

    private AttributedString stream(LiveStatus live) {
        var line = label("stream")
                .append(Texts.count(Math.round(live.resultsPerSecond())), AttributedStyle.BOLD)
                .append(" images/s" + dot() + Texts.count(live.classified()) + " classified" + dot()
                        + Texts.count(live.waiting()) + " waiting");
        live.latency().ifPresent(latency -> line.append(dot() + "latency " + latency.text()));
        return line.toAttributedString();
    }

    private AttributedString accuracy(LiveStatus live) {
        var line = label("accuracy");
        Accuracy recent = live.recentAccuracy();
        if (recent.known() == 0) {
            return line.append("no true labels known yet", FAINT).toAttributedString();
        }
        line.append(Texts.percent(recent.share()), AttributedStyle.BOLD)
                .append(" of the last " + Texts.count(recent.known()), FAINT);
        SortedMap<Integer, Accuracy> all = live.accuracyPerVersion();
        all.entrySet().stream()
                .skip(Math.max(0, all.size() - VERSIONS))
                .forEach(version -> line.append(dot() + "v" + version.getKey() + " "
                        + Texts.percent(version.getValue().share())));
        return line.toAttributedString();
    }

    private AttributedString rejects(LiveStatus live) {
        var line = label("rejects").append(Texts.count(live.rejected()));
        live.rejects().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(reason -> line.append(dot() + reason.getKey() + " " + Texts.count(reason.getValue()), FAINT));
        return line.toAttributedString();
    }

    private AttributedString training(Screen.Status status) {
        var line = label("training");
        if (status.training().isEmpty()) {
            return line.append("getting ready", FAINT).toAttributedString();
        }
        TrainingStatus training = status.training().get();
        if (training.finished()) {
            return line.append("done after " + training.epochs() + " epochs", FAINT)
                    .toAttributedString();
        }
        return line.append("epoch " + training.epoch() + "/" + training.epochs() + " ")
                .append(bar(training.progress()), GOOD)
                .append(String.format(
                        Locale.ROOT,
                        " %.0f %%%sloss %.3f%saccuracy %s%s%s images/s",
                        100 * training.progress(),
                        dot(),
                        training.loss(),
                        dot(),
                        Texts.percent(training.accuracy()),
                        dot(),
                        Texts.count(Math.round(training.imagesPerSecond()))))
                .toAttributedString();
    }

    private static AttributedStringBuilder label(String name) {
        return new AttributedStringBuilder().append(String.format("  %-9s ", name), FAINT);
    }

    private String bar(double share) {
        int full = (int) Math.round(BAR * share);
        return unicode
                ? "█".repeat(full) + "░".repeat(BAR - full)
                : "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private String dot() {
        return unicode ? " · " : "  ";
    }
}
