package dev.hemline.quickstart.demo.season;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftState;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.quickstart.demo.live.AccuracyCourse;
import dev.hemline.quickstart.demo.season.Season.Change;
import dev.hemline.service.TerminalTable;
import dev.hemline.service.TerminalTable.Column;
import dev.hemline.service.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of a season.
 *
 * @param episodes one for each change
 * @param versions those that served when pictures changed, and those that were made then, the oldest first
 * @param falseAlarms about pictures that had not changed
 */
public record SeasonReport(List<SeasonEpisode> episodes, List<VersionAccuracy> versions, long falseAlarms) {
    private static final Duration BEFORE = Duration.ofSeconds(30);
    private static final Duration WHILE = Duration.ofSeconds(10);
    private static final double BACK = 0.85;

    /** Nothing is counted of the second in which pictures change, or a version. */
    private static final Duration EDGE = Duration.ofSeconds(1);

    /**
     * What was told while it went on.
     *
     * @param begun when sending began
     * @param firstUsed when each version gave its first result
     * @param versions of the episodes
     */
    public record Told(
            Instant begun,
            Instant ended,
            List<Drift> drifts,
            List<Episode> episodes,
            List<LabelRequest> requests,
            List<GroundTruth> labels,
            Map<Integer, Instant> firstUsed,
            AccuracyCourse course,
            List<VersionAccuracy> versions) {
        private @Nullable Double clean(Optional<Integer> version) {
            return versions.stream()
                    .filter(one ->
                            version.filter(number -> number == one.version()).isPresent())
                    .map(VersionAccuracy::clean)
                    .findAny()
                    .orElse(null);
        }
    }

    public static SeasonReport of(Season season, Told told) {
        List<SeasonEpisode> episodes = new ArrayList<>();
        for (Change change : season.changes()) {
            episodes.add(episode(change, told));
        }
        return new SeasonReport(episodes, told.versions(), falseAlarms(season, told));
    }

    private static SeasonEpisode episode(Change change, Told told) {
        Instant onset = told.begun().plus(change.from());
        Instant end = earlier(told.ended(), told.begun().plus(change.to()));
        Optional<Drift> alarm = told.drifts().stream()
                .filter(SeasonReport::isAboutPictures)
                .filter(drift -> isWithin(drift.getAt(), onset, end))
                .findFirst();
        List<Episode> begun = told.episodes().stream()
                .filter(one -> isWithin(one.getBegunAt(), onset, end))
                .sorted(Comparator.comparing(Episode::getBegunAt))
                .toList();
        // What was promoted tells how it was mended; where nothing was, what came furthest tells most.
        Optional<Episode> episode = begun.stream()
                .filter(one -> step(Optional.of(one), EpisodeStepKind.PROMOTED).isPresent())
                .findFirst()
                .or(() -> begun.stream()
                        .max(Comparator.comparing(one -> one.getSteps().size())));
        Optional<EpisodeStep> refreshed = step(episode, EpisodeStepKind.REFRESHED);
        Instant promoted = step(episode, EpisodeStepKind.PROMOTED).isEmpty()
                ? null
                : refreshed
                        .map(EpisodeStep::getVersion)
                        .map(told.firstUsed()::get)
                        .orElse(null);
        Double before = orNull(told.course().between(onset.minus(BEFORE), onset));
        Instant mended = promoted == null ? end : promoted;
        Double during = orNull(told.course().between(onset.plus(EDGE), mended));
        Double after = promoted == null ? null : orNull(told.course().between(promoted.plus(EDGE), end));
        Set<String> asked = told.requests().stream()
                .filter(request -> isWithin(request.getRequestedAt(), onset, end))
                .map(LabelRequest::getId)
                .collect(toSet());
        return new SeasonEpisode(
                change.kind(),
                onset,
                alarm.map(Drift::getAt).orElse(null),
                alarm.map(Drift::getResults).orElse(null),
                asked.size(),
                told.labels().stream()
                        .filter(label -> isWithin(label.getLabelledAt(), onset, mended))
                        .map(GroundTruth::getId)
                        .filter(asked::contains)
                        .distinct()
                        .count(),
                refreshed.map(EpisodeStep::getAt).orElse(null),
                promoted,
                before,
                during,
                after,
                recovered(before, during, after),
                seconds(told.course(), onset, mended, earlier(end, told.course().end()), before, during),
                told.clean(begun.stream().findFirst().map(Episode::getModelVersion)),
                told.clean(refreshed.map(EpisodeStep::getVersion)));
    }

    private static @Nullable Double recovered(
            @Nullable Double before, @Nullable Double during, @Nullable Double after) {
        return before == null || during == null || after == null || before <= during
                ? null
                : (after - during) / (before - during);
    }

    private static @Nullable Double seconds(
            AccuracyCourse course,
            Instant onset,
            Instant mended,
            Instant end,
            @Nullable Double before,
            @Nullable Double during) {
        if (before == null || during == null) {
            return null;
        }
        double enough = during + BACK * (before - during);
        for (Instant from = mended; !from.plus(WHILE).isAfter(end); from = from.plusSeconds(1)) {
            if (course.between(from, from.plus(WHILE)).orElse(0) >= enough) {
                return Duration.between(onset, from).toMillis() / 1e3;
            }
        }
        return null;
    }

    /** Before the first change, or of a version that was refreshed after the latest one. */
    private static long falseAlarms(Season season, Told told) {
        return told.drifts().stream()
                .filter(SeasonReport::isAboutPictures)
                .filter(alarm -> season.changes().stream().noneMatch(change -> explains(change, alarm, told)))
                .count();
    }

    private static boolean explains(Change change, Drift alarm, Told told) {
        Instant onset = told.begun().plus(change.from());
        Instant end = told.begun().plus(change.to());
        Instant firstUsed = told.firstUsed().get(alarm.getModelVersion());
        return isWithin(alarm.getAt(), onset, end) && (firstUsed == null || firstUsed.isBefore(onset));
    }

    private static boolean isAboutPictures(Drift drift) {
        return drift.getState() == DriftState.ALARM && drift.getKind() == DriftKind.PICTURES;
    }

    private static boolean isWithin(Instant at, Instant from, Instant to) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Optional<EpisodeStep> step(Optional<Episode> episode, EpisodeStepKind kind) {
        return episode.flatMap(one ->
                one.getSteps().stream().filter(step -> step.getKind() == kind).reduce((earlier, later) -> later));
    }

    private static @Nullable Double orNull(OptionalDouble figure) {
        return figure.isPresent() ? figure.getAsDouble() : null;
    }

    /** As a person in that zone reads it. */
    @JsonIgnore
    public List<String> lines(ZoneId zone) {
        List<String> lines = new ArrayList<>();
        episodes.forEach(episode -> lines.addAll(episode.lines(zone)));
        lines.add("  " + falseAlarms + " false alarms");
        if (!versions.isEmpty()) {
            lines.add("");
            lines.addAll(table());
        }
        return lines;
    }

    private List<String> table() {
        List<Column> columns = new ArrayList<>(List.of(Column.left("version"), Column.right("unchanged")));
        versions.get(0).changed().keySet().forEach(kind -> columns.add(Column.right(kind)));
        var table = new TerminalTable(2, columns.toArray(Column[]::new));
        for (VersionAccuracy one : versions) {
            List<Object> cells = new ArrayList<>(List.of("v" + one.version(), Texts.percent(one.clean())));
            one.changed().values().forEach(accuracy -> cells.add(Texts.percent(accuracy)));
            table.row(cells.toArray());
        }
        return table.lines();
    }
}
