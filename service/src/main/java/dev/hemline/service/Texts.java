package dev.hemline.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How figures, and texts from strangers, read. */
public final class Texts {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Texts() {}

    /** For instance {@code 86.1 %}, or a dash where there is nothing to say. */
    public static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : "-";
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** For instance {@code 14,210}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** For instance {@code 1:05}. */
    public static String minutes(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    /** For instance {@code 12:00:31}. */
    public static String clock(Instant at, ZoneId zone) {
        return CLOCK.format(at.atZone(zone));
    }

    /** For instance {@code "; did you mean 'predict'?"}; empty where nothing there is is spelled alike. */
    public static String didYouMean(String said, Collection<String> known) {
        return closest(said, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }

    /** The one that is spelled most alike, if any is: with a step for every four characters, and one at least. */
    static Optional<String> closest(String said, Collection<String> known) {
        return known.stream()
                .filter(word -> steps(said, word) <= Math.max(1, word.length() / 4))
                .min(Comparator.comparingInt(word -> steps(said, word)));
    }

    /** The edit distance: characters to insert, delete, replace or exchange with their neighbour. */
    private static int steps(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(steps[i - 1][j - 1] + same, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[from.length()][to.length()];
    }

    /** A text from a stranger as a terminal may see it, which would obey control characters. */
    public static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** The same, at most {@code length} characters, three dots for what is missing. */
    public static String printable(String text, int length) {
        String printable = printable(text);
        return printable.length() <= length ? printable : printable.substring(0, length - 3) + "...";
    }
}
