package dev.hemline.chaos;

import dev.hemline.chaos.check.CheckReport;
import dev.hemline.chaos.experiment.ExperimentReport;
import dev.hemline.service.TerminalTable;
import dev.hemline.service.TerminalTable.Column;
import dev.hemline.service.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was done and what came of it; its fields are those of the JSON file.
 *
 * @param seconds how long faults came
 * @param faults by kind: how many, and how long the stream needed after them
 * @param recovery of all faults
 * @param notRecovered faults after which it did not recover before the end
 * @param endedByThemselves programs that ended though nobody ended them, and were started again
 * @param models versions published
 * @param badModels versions published that must never answer, by reason
 * @param poison records that nobody should have sent, by kind
 * @param seconds50 from the making of a good event to its committed result, the median; null where there is none
 * @param seconds99 the same for 99 of 100
 * @param secondsMax the longest
 * @param memory of classifiers in bytes, where nobody kills them: the most in the second quarter of the time, and in the last
 * @param acknowledged image events that brokers said they have
 * @param outcomes what became of the events
 * @param clean whether nothing was lost, doubled or wrong
 */
record ChaosReport(
        String design,
        long seed,
        double seconds,
        double rate,
        Map<String, Recoveries.Seconds> faults,
        Recoveries.Seconds recovery,
        int notRecovered,
        int endedByThemselves,
        int models,
        Map<String, Long> badModels,
        Map<String, Long> poison,
        @Nullable Double seconds50,
        @Nullable Double seconds99,
        @Nullable Double secondsMax,
        List<Long> memory,
        long acknowledged,
        CheckReport outcomes,
        boolean clean) {
    /** As a person reads it. */
    List<String> lines() {
        var table = new TerminalTable(
                2,
                Column.left("fault", 20),
                Column.right("times", 6),
                Column.right("recovery p50", 12),
                Column.right("max", 8));
        faults.forEach((kind, seconds) -> addTo(table, kind, seconds));
        addTo(table, "all", recovery);
        List<String> lines = new ArrayList<>(List.of(""));
        if (recovery.count() > 0) {
            lines.addAll(table.lines());
            lines.add("");
        }
        if (!poison.isEmpty()) {
            lines.add(figure("poison", sum(poison)) + details(poison));
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %-20s  %8s, 99 of 100 at most %s, the longest %s",
                "good events waited",
                seconds(seconds50),
                seconds(seconds99),
                seconds(secondsMax)));
        if (!memory.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-20s  %5d MB in the second quarter of the time, %d MB in the last",
                    "memory",
                    memory.get(0) >> 20,
                    memory.get(1) >> 20));
        }
        lines.add(figure("sent", outcomes.sent()));
        lines.add(figure("results", outcomes.results()));
        lines.add(figure("dead letters", outcomes.deadLetters()));
        lines.add(figure("missing", outcomes.missing()));
        lines.add(figure("duplicated", outcomes.duplicated()));
        lines.add(figure("wrong", outcomes.allWrong()) + " of " + Texts.count(outcomes.predicted()) + " predicted again"
                + details(outcomes.wrong()));
        lines.add(figure("scores difference", outcomes.scoresDifference()) + " of " + Texts.count(outcomes.scored())
                + " scored");
        if (outcomes.experiment() != null) {
            addTo(lines, outcomes.experiment());
        }
        lines.add(figure("versions back", outcomes.versionsBack()));
        lines.add(figure("models", models) + ", " + Texts.count(sum(outcomes.refused())) + " refused"
                + details(outcomes.refused()));
        if (endedByThemselves > 0 || notRecovered > 0) {
            lines.add(figure("ended by themselves", endedByThemselves));
            lines.add(figure("not recovered", notRecovered));
        }
        if (acknowledged > outcomes.sent()) {
            lines.add(figure("lost by brokers", acknowledged - outcomes.sent()));
        }
        lines.add("");
        lines.add(verdict());
        return lines;
    }

    private static void addTo(List<String> lines, ExperimentReport experiment) {
        lines.add(figure("challengers' answers", experiment.answers()));
        lines.add(figure("  missing", experiment.missing()));
        lines.add(figure("  duplicated", experiment.duplicated()));
        lines.add(figure("  wrong", experiment.allWrong()) + " of " + Texts.count(experiment.predicted())
                + " predicted again" + details(experiment.wrong()));
        lines.add(figure("  counts difference", experiment.countsDifference()) + " of "
                + Texts.count(experiment.labels()) + " labels compared");
        lines.add(figure("  decisions", experiment.allDecisions()) + details(experiment.decisions()));
        lines.add(figure("  decided twice", experiment.decidedTwice()));
        lines.add(figure("  decided otherwise", experiment.decidedOtherwise()));
        lines.add(figure("  canary's results", experiment.canaryResults()));
        lines.add(figure("  served unproved", experiment.servedUnproved()));
    }

    private String verdict() {
        if (clean) {
            return "  Every event has exactly one outcome, and the right one. Seed " + seed + ".";
        }
        return outcomes.drained()
                ? "  Not clean. Seed " + seed + "."
                : "  Not clean: the classifiers had not done with everything when it was counted. Seed " + seed + ".";
    }

    private static void addTo(TerminalTable table, String kind, Recoveries.Seconds seconds) {
        table.row(kind, seconds.count(), seconds(seconds.p50()), seconds(seconds.max()));
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "-" : String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String figure(String name, long count) {
        return String.format(Locale.ROOT, "  %-20s  %8s", name, Texts.count(count));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String details(Map<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : ": " + counts.toString().replaceAll("[{}]", "").replace("=", " ");
    }
}
