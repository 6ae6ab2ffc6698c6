package dev.hemline.quickstart.demo;

import dev.hemline.quickstart.demo.DemoSummary.LatencyMs;
import dev.hemline.quickstart.demo.DemoSummary.Model;
import dev.hemline.service.TerminalTable;
import dev.hemline.service.TerminalTable.Column;
import dev.hemline.service.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A summary as a person reads it. */
record SummaryTable(ZoneId zone) {
    List<String> lines(DemoSummary summary) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("  " + Texts.count(summary.sent()) + " sent: " + Texts.count(summary.classified()) + " classified, "
                + Texts.count(summary.rejected()) + " rejected, " + Texts.count(summary.missing()) + " missing, "
                + Texts.count(summary.duplicated()) + " duplicated");
        lines.add("  " + pace(summary));
        if (summary.recounted() > 0 || summary.scored() > 0) {
            lines.add("  " + Texts.count(summary.scored()) + " results scored by late labels, "
                    + (summary.scoresMatchRecount()
                            ? "as a recount has them"
                            : "but a recount has " + Texts.count(summary.recounted()) + " and differs"));
        }
        if (!summary.models().isEmpty()) {
            lines.add("");
            lines.addAll(models(summary.models()));
        }
        lines.add("");
        return lines;
    }

    private static String pace(DemoSummary summary) {
        if (summary.firstResultSeconds() == null) {
            return "no result was seen";
        }
        LatencyMs latency = summary.latencyMs();
        String pace = String.format(
                Locale.ROOT,
                "%.1f images/s, first result after %.1f s",
                summary.throughput(),
                summary.firstResultSeconds());
        return latency.p50() == null
                ? pace
                : pace + ", latency p50 " + latency.p50() + " ms, p99 " + latency.p99() + " ms";
    }

    private List<String> models(List<Model> models) {
        var table = new TerminalTable(
                2,
                Column.left("version", 8),
                Column.right("published", 10),
                Column.right("validation", 10),
                Column.right("first used", 10),
                Column.right("results", 9),
                Column.right("live", 10));
        models.forEach(model -> table.row(
                "v" + model.version(),
                clock(model.publishedAt()),
                percent(model.validationAccuracy()),
                clock(model.firstUsedAt()),
                model.classified(),
                percent(model.liveAccuracy() == null ? model.recountedAccuracy() : model.liveAccuracy())));
        return table.lines();
    }

    private String clock(@Nullable Instant at) {
        return at == null ? "-" : Texts.clock(at, zone);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : Texts.percent(share);
    }
}
