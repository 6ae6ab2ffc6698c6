package dev.hemline.trainer;

import static java.util.stream.Collectors.joining;

import dev.hemline.trainer.training.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training that is to take place.
 *
 * @param trigger why
 * @param requests ids of the requests that it answers, if any
 * @param recipe how to train
 * @param force whether to publish what comes of it even if it is worse than what serves
 */
record TrainingOrder(Trigger trigger, List<String> requests, Recipe recipe, boolean force) {
    private static final String REQUEST = "request";
    private static final String SEPARATOR = ",";
    /** A manifest is one record. Those left out are answered all the same, and once more only after a crash just then. */
    private static final int MOST_IN_A_STORY = 100;

    /** Why a training takes place. */
    enum Trigger {
        START,
        SCHEDULE,
        REQUEST;

        /** As it stands in manifests and labels of series. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether to publish on the way, or only the best at the end: a request is answered by one version. */
    boolean publishesOnTheWay() {
        return trigger != Trigger.REQUEST;
    }

    /** What manifests tell about it. */
    Map<String, String> story() {
        Map<String, String> story = new TreeMap<>();
        story.put("trigger", trigger.text());
        if (!requests.isEmpty()) {
            story.put(REQUEST, requests.stream().limit(MOST_IN_A_STORY).collect(joining(SEPARATOR)));
        }
        return story;
    }

    /** The requests that a version answers, by what its manifest tells. */
    static List<String> requestsIn(Map<String, String> story) {
        String requests = story.getOrDefault(REQUEST, "");
        return requests.isEmpty() ? List.of() : List.of(requests.split(SEPARATOR));
    }
}
