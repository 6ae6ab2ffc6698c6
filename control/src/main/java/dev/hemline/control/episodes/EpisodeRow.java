package dev.hemline.control.episodes;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeStep;
import dev.hemline.service.DecisionText;
import dev.hemline.service.EpisodeText;
import dev.hemline.service.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An episode, for programs; its fields are those of {@code --json}. */
record EpisodeRow(
        String id,
        String model,
        int version,
        String cause,
        String source,
        Instant onsetAt,
        Instant begunAt,
        int labelsWanted,
        String state,
        String outcome,
        List<Step> steps) {
    private static final int MOST_CHARS = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** One thing that happened. */
    record Step(
            String kind,
            Instant at,
            @Nullable Integer version,
            @Nullable Integer labels,
            @Nullable Double accuracy,
            String reason,
            String text) {
        static Step of(EpisodeStep step) {
            return new Step(
                    DecisionText.words(step.getKind()),
                    step.getAt(),
                    step.getVersion(),
                    step.getLabels(),
                    step.getAccuracy(),
                    step.getReason(),
                    EpisodeText.step(step));
        }
    }

    static EpisodeRow of(Episode episode) {
        return new EpisodeRow(
                episode.getId(),
                episode.getModelName(),
                episode.getModelVersion(),
                DecisionText.words(episode.getCause()),
                episode.getSource(),
                episode.getOnsetAt(),
                episode.getBegunAt(),
                episode.getLabelsWanted(),
                DecisionText.words(episode.getState()),
                EpisodeText.outcome(episode),
                episode.getSteps().stream().map(Step::of).toList());
    }

    /** As a person reads it: what it is about, then a line for each thing that happened. */
    List<String> lines(ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add(Texts.printable(id, MOST_CHARS) + ": " + Texts.printable(model, MOST_CHARS) + " v" + version + ", "
                + cause + (source.isEmpty() ? "" : " of " + Texts.printable(source, MOST_CHARS)) + ", " + outcome);
        lines.add("  " + TIME.format(onsetAt.atZone(zone)) + "  onset");
        steps.forEach(step -> lines.add("  " + TIME.format(step.at().atZone(zone)) + "  " + after(step) + step.text()));
        return lines;
    }

    private String after(Step step) {
        Duration since = Duration.between(onsetAt, step.at());
        return since.isNegative() ? "" : "+" + Texts.minutes(since) + "  ";
    }
}
