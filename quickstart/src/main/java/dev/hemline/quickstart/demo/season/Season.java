package dev.hemline.quickstart.demo.season;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.producer.Drift;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A minute in which nothing is wrong, and then one change of the pictures after the other, each in the place of the one before.
 *
 * @param changes what happens, in order
 */
public record Season(List<Change> changes) {
    private static final Duration UNDISTURBED = Duration.ofSeconds(60);
    private static final String RANDOM = "random";
    private static final String BACK = "back";
    /** 15 degrees cost so little that it is hard to see what comes back. */
    private static final String ROTATED = "rotate:30";

    private static final List<String> KINDS =
            List.of("brighter", "darker", "noise", "blur", "rotate", "invert", "shift", "zoom", "flip", "jpeg");

    /**
     * One change.
     *
     * @param kind as {@code --season} names it; {@code back} where pictures are as they were
     * @param from how long after sending began
     * @param to when the next one comes, or all is over
     */
    public record Change(String kind, Duration from, Duration to) {}

    public Season {
        changes = List.copyOf(changes);
    }

    /**
     * Reads {@code KIND[:STRENGTH],…}.
     *
     * @param length of all of it
     * @throws IllegalArgumentException naming the flag
     */
    public static Season parse(String text, Duration length) {
        String[] kinds = text.split(",", -1);
        Duration each = length.minus(UNDISTURBED).dividedBy(kinds.length);
        if (each.compareTo(UNDISTURBED) < 0) {
            throw new IllegalArgumentException("--season " + text + " takes at least "
                    + (1 + kinds.length) * UNDISTURBED.toSeconds() + " seconds, better "
                    + usualLength(kinds.length).toSeconds() + ": one minute in which nothing changes, then as much for"
                    + " each change; --seconds is " + length.toSeconds());
        }
        List<Change> changes = new ArrayList<>();
        for (String kind : kinds) {
            Duration from = UNDISTURBED.plus(each.multipliedBy(changes.size()));
            changes.add(new Change(meant(kind), from, from.plus(each)));
        }
        var season = new Season(changes);
        // Whatever is wrong with a kind or its strength, the producer says.
        season.drifts();
        return season;
    }

    private static String meant(String kind) {
        String name = kind.replaceAll(":.*", "");
        if (!KINDS.contains(name) && !kind.equals(RANDOM) && !kind.equals(BACK)) {
            throw new IllegalArgumentException(
                    "--season takes KIND[:STRENGTH], for instance invert or noise:25,back, not '" + kind
                            + "'; kinds are " + kinds());
        }
        String drawn = kind.equals(RANDOM) ? KINDS.get(new Random().nextInt(KINDS.size())) : kind;
        return drawn.equals("rotate") ? ROTATED : drawn;
    }

    /** Long enough to recover from each of them. */
    public static Duration usualLength(String text) {
        return usualLength(text.split(",", -1).length);
    }

    private static Duration usualLength(int changes) {
        return UNDISTURBED.plus(Duration.ofMinutes(4).multipliedBy(changes));
    }

    /** What a producer does. */
    public List<Drift> drifts() {
        Change last = changes.get(changes.size() - 1);
        return changes.stream()
                .filter(change -> !change.kind().equals(BACK))
                .map(change -> Drift.parse(change.kind() + "@" + change.from().toSeconds()
                        + (change.equals(last) ? "" : "-" + change.to().toSeconds())))
                .toList();
    }

    /** What each kind of change does to pictures, in order; those that are as they were left out. */
    public Map<String, Corruption> corruptions() {
        Map<String, Corruption> corruptions = new LinkedHashMap<>();
        changes.stream()
                .map(Change::kind)
                .filter(kind -> !kind.equals(BACK))
                .forEach(kind -> corruptions.put(kind, Drift.parse(kind + "@0").corruptionAt(Duration.ZERO)));
        return corruptions;
    }

    /** What {@code --season} takes, for people. */
    public static String kinds() {
        return String.join(", ", KINDS) + ", " + RANDOM + " for one of these, " + BACK + " for pictures as they were";
    }

    @Override
    public String toString() {
        return String.join(
                ", ", Arrays.asList(changes.stream().map(Change::kind).toArray(String[]::new)));
    }
}
