package dev.hemline.producer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a producer sends, and how fast.
 *
 * @param rate events per second; 0 for as fast as it goes
 * @param count how many events to send, bad ones included; 0 for no end
 * @param encoding how events hold their picture
 * @param seed fixes the order of the images, and which events are bad in which way
 * @param badRatio the share of bad events, 0 to 1
 * @param labels when true labels become known
 * @param source who sends, the first part of every event id
 * @param run its name if it shall go on where a process of that name ended or was killed
 * @param drifts how pictures change, one upon the other; onsets count from when the process begins to send
 */
public record ProducerSettings(
        double rate,
        long count,
        ImageEncoding encoding,
        long seed,
        double badRatio,
        LabelDelivery labels,
        String source,
        Optional<String> run,
        List<Drift> drifts) {

    private static final double HIGHEST_RATE = 1e6;
    /** A run with a name keeps them all in a note of 4 kB. */
    private static final int MOST_DRIFTS = 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** A run without a name, which begins at its start each time, of pictures that do not change. */
    public ProducerSettings(
            double rate,
            long count,
            ImageEncoding encoding,
            long seed,
            double badRatio,
            LabelDelivery labels,
            String source) {
        this(rate, count, encoding, seed, badRatio, labels, source, Optional.empty(), List.of());
    }

    /** @throws IllegalArgumentException naming the flag that is wrong */
    public ProducerSettings {
        if (!(rate >= 0 && rate <= HIGHEST_RATE)) {
            throw new IllegalArgumentException("--rate takes events per second, 0 (no limit) to 1000000, not " + rate);
        }
        if (count < 0) {
            throw new IllegalArgumentException("--count takes a number of events, 0 for no end, not " + count);
        }
        if (!(badRatio >= 0 && badRatio <= 1)) {
            throw new IllegalArgumentException("--bad-ratio takes a share between 0 and 1, not " + badRatio);
        }
        requireName("--source", source);
        run.ifPresent(name -> requireName("--run", name));
        drifts = List.copyOf(drifts);
        if (drifts.size() > MOST_DRIFTS) {
            throw new IllegalArgumentException("--drift may be given " + MOST_DRIFTS + " times, not " + drifts.size());
        }
        if (run.isPresent() && drifts.stream().anyMatch(drift -> drift.kind() == Drift.Kind.MIX)) {
            throw new IllegalArgumentException("--drift mix does not go with --run: which pictures were sent depends on"
                    + " when, so a run that goes on could not tell their labels any more");
        }
    }

    private static void requireName(String flag, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    flag + " takes up to 100 letters, digits, dots, hyphens and underscores, not '" + name + "'");
        }
    }

    /** What the run sends, whatever the pace: two runs of one content send the same events, but for when drifts set in. */
    String content(int images) {
        String unchanged = "%s images, format %s, seed %s, bad ratio %s, labels %s, source %s"
                .formatted(images, encoding, seed, badRatio, labels, source);
        return drifts.isEmpty() ? unchanged : unchanged + ", drift " + drifts;
    }
}
