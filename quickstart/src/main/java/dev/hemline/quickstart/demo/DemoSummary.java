package dev.hemline.quickstart.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.quickstart.demo.live.LiveStatus.PublishedModel;
import dev.hemline.quickstart.demo.live.LiveStatus.Quantiles;
import dev.hemline.quickstart.demo.live.LiveView;
import dev.hemline.quickstart.demo.season.SeasonReport;
import dev.hemline.service.DecisionText;
import dev.hemline.service.TerminalTable;
import dev.hemline.service.TerminalTable.Column;
import dev.hemline.service.Texts;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.AuditReport.VersionCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is told when a demo is over; {@code --json} writes it field by field. Counts come from the audit of the topics.
 *
 * @param sent image events, good and bad
 * @param missing events without an outcome
 * @param duplicated outcomes beyond one per event
 * @param scored results that the classifier has scored by labels of their own events
 * @param recounted results that have such a label, by the audit
 * @param scoresMatchRecount whether both agree, in every cell of every version's confusion matrix
 * @param drift what was told about drift
 * @param decisions how comparisons of a new version with what served ended
 * @param season what came of it, if there was one
 * @param models versions that answered or were published
 * @param throughput results per second over the time of results
 * @param latencyMs of events captured after the first result; those before waited for a model to be trained
 * @param firstResultSeconds from the start of this JVM until the first result was read
 */
record DemoSummary(
        long sent,
        long classified,
        long rejected,
        long missing,
        long duplicated,
        long scored,
        long recounted,
        boolean scoresMatchRecount,
        DriftTold.Summary drift,
        List<Decision> decisions,
        @JsonUnwrapped @Nullable SeasonReport season,
        List<Model> models,
        double throughput,
        LatencyMs latencyMs,
        @Nullable Double firstResultSeconds) {

    /**
     * One version: what its maker measured, and how it did on the stream.
     *
     * @param liveAccuracy by topic {@code scores}
     * @param recountedAccuracy by the audit, from results and all labels, those inside image events too
     */
    record Model(
            int version,
            @Nullable Double validationAccuracy,
            @Nullable Instant publishedAt,
            @Nullable Instant firstUsedAt,
            long classified,
            @Nullable Double liveAccuracy,
            @Nullable Double recountedAccuracy) {}

    /**
     * One decision, with the evidence.
     *
     * @param wins labelled events that the candidate alone had right
     * @param losses those that the incumbent alone had right
     * @param logEValue the natural logarithm of the e-value that decided
     */
    record Decision(
            int candidate,
            int incumbent,
            String phase,
            String outcome,
            String reason,
            long labels,
            long wins,
            long losses,
            double logEValue,
            Instant at) {
        static Decision of(ExperimentDecision told) {
            boolean trial = told.getPhase() == ExperimentPhase.TRIAL;
            return new Decision(
                    told.getCandidate(),
                    told.getIncumbent(),
                    DecisionText.words(told.getPhase()),
                    DecisionText.words(told.getOutcome()),
                    DecisionText.words(told.getReason()),
                    DecisionText.labels(told),
                    trial ? told.getChallengerAlone() : told.getChampionAlone(),
                    trial ? told.getChampionAlone() : told.getChallengerAlone(),
                    told.getLogEValue(),
                    told.getDecidedAt());
        }

        String line(ZoneId zone) {
            return String.format(
                    Locale.ROOT,
                    "v%d against v%d: %s at %s, %s (%s labels, %s won, %s lost, e-value %s)",
                    candidate,
                    incumbent,
                    outcome,
                    Texts.clock(at, zone),
                    reason,
                    Texts.count(labels),
                    Texts.count(wins),
                    Texts.count(losses),
                    DecisionText.eValue(logEValue));
        }
    }

    record LatencyMs(@Nullable Long p50, @Nullable Long p99) {}

    /** @param since versions published before are told of only if they answered */
    static DemoSummary of(
            AuditReport audit,
            DriftTold.Summary drift,
            List<ExperimentDecision> decisions,
            @Nullable SeasonReport season,
            LiveView.History history,
            Instant jvmStart,
            Instant since) {
        var versions = new TreeSet<>(audit.versions().keySet());
        history.published().values().stream()
                .filter(model -> !model.publishedAt().isBefore(since))
                .forEach(model -> versions.add(model.version()));
        return new DemoSummary(
                audit.sent(),
                audit.classified(),
                audit.rejected(),
                audit.missing(),
                audit.duplicated(),
                audit.scores().scoredResults(),
                audit.scores().recountedResults(),
                audit.scores().agrees(),
                drift,
                decisions.stream().map(Decision::of).toList(),
                season,
                versions.stream().map(version -> model(version, audit, history)).toList(),
                audit.throughput(),
                new LatencyMs(
                        history.latency().map(Quantiles::p50).orElse(null),
                        history.latency().map(Quantiles::p99).orElse(null)),
                history.firstResult()
                        .map(at -> Duration.between(jvmStart, at).toMillis() / 1e3)
                        .orElse(null));
    }

    private static Model model(int version, AuditReport audit, LiveView.History history) {
        PublishedModel published = history.published().get(version);
        VersionCounts tally = audit.versions().getOrDefault(version, new VersionCounts(0, 0, 0));
        return new Model(
                version,
                published == null ? null : published.validationAccuracy(),
                published == null ? null : published.publishedAt(),
                history.firstUsed().get(version),
                tally.classified(),
                orNull(audit.scores().scoredAccuracy(version)),
                orNull(tally.accuracy()));
    }

    private static @Nullable Double orNull(OptionalDouble figure) {
        return figure.isPresent() ? figure.getAsDouble() : null;
    }

    boolean exactlyOnce() {
        return missing == 0 && duplicated == 0;
    }

    /** As a person in that zone reads it. */
    List<String> lines(ZoneId zone) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("  " + Texts.count(sent) + " sent: " + Texts.count(classified) + " classified, "
                + Texts.count(rejected) + " rejected, " + Texts.count(missing) + " missing, "
                + Texts.count(duplicated) + " duplicated");
        lines.add("  " + pace());
        if (recounted > 0 || scored > 0) {
            lines.add("  " + Texts.count(scored) + " results scored by late labels, "
                    + (scoresMatchRecount
                            ? "as a recount has them"
                            : "but a recount has " + Texts.count(recounted) + " and differs"));
        }
        drift.alarms()
                .forEach(alarm -> lines.add("  drift: " + alarm.kind() + " of source " + alarm.source() + " changed at "
                        + Texts.clock(alarm.onsetAt(), zone) + ", told after " + Texts.count(alarm.delayEvents())
                        + " results of v" + alarm.version() + " (by " + alarm.reference() + ")"));
        decisions.forEach(decision -> lines.add("  " + decision.line(zone)));
        if (season != null) {
            lines.add("");
            lines.addAll(season.lines(zone));
        }
        if (!models.isEmpty()) {
            lines.add("");
            lines.addAll(models(zone));
        }
        lines.add("");
        return lines;
    }

    private String pace() {
        if (firstResultSeconds == null) {
            return "no result was seen";
        }
        String pace =
                String.format(Locale.ROOT, "%.1f images/s, first result after %.1f s", throughput, firstResultSeconds);
        return latencyMs.p50() == null
                ? pace
                : pace + ", latency p50 " + latencyMs.p50() + " ms, p99 " + latencyMs.p99() + " ms";
    }

    private List<String> models(ZoneId zone) {
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
                clock(model.publishedAt(), zone),
                percent(model.validationAccuracy()),
                clock(model.firstUsedAt(), zone),
                model.classified(),
                percent(model.liveAccuracy() == null ? model.recountedAccuracy() : model.liveAccuracy())));
        return table.lines();
    }

    private static String clock(@Nullable Instant at, ZoneId zone) {
        return at == null ? "-" : Texts.clock(at, zone);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : Texts.percent(share);
    }
}
