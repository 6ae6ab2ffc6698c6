package dev.hemline.trainer;

import static java.util.stream.Collectors.joining;

import dev.hemline.trainer.episode.Steward;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a training takes place.
 *
 * @param requests ids of the requests that it answers, if any
 * @param episode id of the episode that it is a step of; empty for none
 */
record Occasion(Trigger trigger, List<String> requests, String episode) {
    private static final String REQUEST = "request";
    private static final String SEPARATOR = ",";
    /** A manifest is one record. Those left out are answered all the same, and once more only after a crash just then. */
    private static final int MOST_IN_A_STORY = 100;

    /** What it was that made a training take place. */
    enum Trigger {
        START,
        SCHEDULE,
        REQUEST,
        EPISODE;

        /** As it stands in manifests and labels of series. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Occasion of(Trigger trigger) {
        return new Occasion(trigger, List.of(), "");
    }

    static Occasion ofRequests(List<String> requests) {
        return new Occasion(Trigger.REQUEST, requests, "");
    }

    static Occasion ofEpisode(String episode) {
        return new Occasion(Trigger.EPISODE, List.of(), episode);
    }

    /** What manifests tell about it. */
    Map<String, String> story() {
        Map<String, String> story = new TreeMap<>();
        story.put("trigger", trigger.text());
        if (!requests.isEmpty()) {
            story.put(REQUEST, requests.stream().limit(MOST_IN_A_STORY).collect(joining(SEPARATOR)));
        }
        if (!episode.isEmpty()) {
            story.put(Steward.EPISODE, episode);
        }
        return story;
    }

    /** The requests that a version answers, by what its manifest tells. */
    static List<String> requestsIn(Map<String, String> story) {
        String requests = story.getOrDefault(REQUEST, "");
        return requests.isEmpty() ? List.of() : List.of(requests.split(SEPARATOR));
    }
}
