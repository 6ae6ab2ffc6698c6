package dev.hemline.quickstart.demo.season;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.hemline.service.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one change; null is what did not happen. Accuracies are of all results, by what the producer knows of each picture, whether
 * anybody was told or not.
 *
 * @param kind of change
 * @param onsetAt when the pictures changed
 * @param alarmAt when that was told
 * @param eventsToAlarm results of that version and source from where the alarm puts the change until it came
 * @param labelsAsked from the onset until the next change
 * @param labelsUsed of them those that were answered until the refreshed version served
 * @param refreshedAt when a refreshed version was published
 * @param promotedAt when it gave its first result to everybody
 * @param accuracyBefore in the half minute before the onset
 * @param accuracyDuring from the onset until the refreshed version served
 * @param accuracyAfter from then until the next change
 * @param recoveredShare of the accuracy that was lost
 * @param secondsToRecover from the onset until ten seconds began in which 85 % of what was lost was back
 * @param cleanAccuracyBefore of the version that served at the onset, on the dataset's test images as they are
 * @param cleanAccuracyAfter the same of the refreshed version
 */
public record SeasonEpisode(
        String kind,
        Instant onsetAt,
        @Nullable Instant alarmAt,
        @Nullable Long eventsToAlarm,
        long labelsAsked,
        long labelsUsed,
        @Nullable Instant refreshedAt,
        @Nullable Instant promotedAt,
        @Nullable Double accuracyBefore,
        @Nullable Double accuracyDuring,
        @Nullable Double accuracyAfter,
        @Nullable Double recoveredShare,
        @Nullable Double secondsToRecover,
        @Nullable Double cleanAccuracyBefore,
        @Nullable Double cleanAccuracyAfter) {

    /** As a person in that zone reads it. */
    @JsonIgnore
    List<String> lines(ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + kind + " from " + Texts.clock(onsetAt, zone) + " on");
        lines.add(line("alarm", alarmAt, eventsToAlarm == null ? "" : "after " + eventsToAlarm + " results"));
        lines.add("    " + padded("labels") + labelsAsked + " asked for, " + labelsUsed
                + " answered before it was mended");
        lines.add(line("refreshed", refreshedAt, ""));
        lines.add(line("promoted", promotedAt, ""));
        lines.add("    " + padded("accuracy") + percent(accuracyBefore) + " before, " + percent(accuracyDuring)
                + " during, " + percent(accuracyAfter) + " after: " + percent(recoveredShare) + " of the loss is back"
                + (secondsToRecover == null ? "" : ", after " + Math.round(secondsToRecover) + " s"));
        lines.add("    " + padded("clean") + percent(cleanAccuracyBefore) + " of unchanged pictures before, "
                + percent(cleanAccuracyAfter) + " after");
        return lines;
    }

    private String line(String what, @Nullable Instant at, String more) {
        String when = at == null
                ? "none"
                : "+" + Math.max(0, Duration.between(onsetAt, at).toSeconds()) + " s"
                        + (more.isEmpty() ? "" : ", " + more);
        return "    " + padded(what) + when;
    }

    private static String padded(String what) {
        return what + " ".repeat(Math.max(1, 11 - what.length()));
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : Texts.percent(share);
    }
}
