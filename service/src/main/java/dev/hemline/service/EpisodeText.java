package dev.hemline.service;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import java.util.List;

/** What a trainer tells of an episode, in words. */
public final class EpisodeText {
    private static final int MOST_CHARS = 500;

    private EpisodeText() {}

    /** What happened last, and what is waited for. */
    public static String sentence(Episode episode) {
        List<EpisodeStep> steps = episode.getSteps();
        String last = steps.isEmpty() ? "" : step(steps.get(steps.size() - 1)) + "; ";
        return last + waitsFor(episode);
    }

    /** What is waited for. */
    public static String waitsFor(Episode episode) {
        return switch (episode.getState()) {
            case LABELLING -> episode.getLabelsWanted() + " labels are asked for";
            case REFRESHING -> "v" + episode.getModelVersion() + " is being refreshed";
            case PROVING -> "it has to prove itself";
            case WATCHING -> "its labels are watched";
            case ENDED -> "the episode is over";
            case UNKNOWN -> "a later release knows";
        };
    }

    /** One thing that happened, and what is known of it. */
    public static String step(EpisodeStep step) {
        String accuracy = accuracy(step);
        String reason = reason(step);
        return what(step) + (accuracy.isEmpty() ? "" : ", " + accuracy) + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** What is known of it beside {@link #what}; empty for nothing. */
    public static String details(EpisodeStep step) {
        String accuracy = accuracy(step);
        String reason = reason(step);
        return accuracy.isEmpty() || reason.isEmpty() ? accuracy + reason : accuracy + ": " + reason;
    }

    private static String accuracy(EpisodeStep step) {
        Double accuracy = step.getAccuracy();
        Integer labels = step.getLabels();
        return accuracy == null || labels == null
                ? ""
                : "right about " + Texts.percent(accuracy) + " of " + Texts.count(labels) + " labelled pictures";
    }

    private static String reason(EpisodeStep step) {
        return Texts.printable(step.getReason(), MOST_CHARS);
    }

    /** One thing that happened: a few words. */
    public static String what(EpisodeStep step) {
        String version = step.getVersion() == null ? "a version" : "v" + step.getVersion();
        return switch (step.getKind()) {
            case ALARMED -> "alarm";
            case LABELLED -> "labels have come";
            case REFRESHED -> version + " was published, refreshed";
            case CHALLENGING -> version + " is compared with what serves";
            case REFUSED -> "nothing came of a refresh";
            case PROMOTED -> version + " serves";
            case REJECTED -> version + " was rejected";
            case RECOVERED -> "accuracy is back";
            case CLEARED -> "all clear";
            case GIVEN_UP -> "given up";
            case OTHER -> "something that a later release knows";
        };
    }

    /** How it ended, or that it goes on: a word or two. */
    public static String outcome(Episode episode) {
        List<EpisodeStep> steps = episode.getSteps();
        if (episode.getState() != EpisodeState.ENDED || steps.isEmpty()) {
            return DecisionText.words(episode.getState());
        }
        EpisodeStepKind last = steps.get(steps.size() - 1).getKind();
        return DecisionText.words(last);
    }

    /** Why it began: a few words. */
    public static String cause(Episode episode) {
        return episode.getCause() == EpisodeCause.ACCURACY ? "fewer right than promised" : "changed pictures";
    }
}
