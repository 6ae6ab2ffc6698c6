package dev.hemline.quality.experiment;

/**
 * What two versions made of the same labelled events.
 *
 * @param wins events that the candidate alone had right
 * @param losses events that the incumbent alone had right
 * @param ties events that both had right, or both wrong
 */
public record PairedCounts(long wins, long losses, long ties) {
    public static final PairedCounts NONE = new PairedCounts(0, 0, 0);

    /** @throws IllegalArgumentException if one of them is negative */
    public PairedCounts {
        if (wins < 0 || losses < 0 || ties < 0) {
            throw new IllegalArgumentException("Negative counts: " + wins + ", " + losses + ", " + ties);
        }
    }

    public long labels() {
        return wins + losses + ties;
    }

    /** By how much the candidate's accuracy was higher, -1 to 1; 0 before the first label. */
    public double difference() {
        return labels() == 0 ? 0 : (double) (wins - losses) / labels();
    }

    /** As they are if the two change places. */
    public PairedCounts mirrored() {
        return new PairedCounts(/* wins= */ losses, /* losses= */ wins, ties);
    }

    /** With a label more. */
    public PairedCounts with(Comparison comparison) {
        return with(comparison, 1);
    }

    /** With so many labels more like that one; a negative number takes them back. */
    public PairedCounts with(Comparison comparison, int labels) {
        return switch (comparison.outcome()) {
            case WIN -> new PairedCounts(wins + labels, losses, ties);
            case LOSS -> new PairedCounts(wins, losses + labels, ties);
            case TIE -> new PairedCounts(wins, losses, ties + labels);
        };
    }

    /** With those of other labels. */
    public PairedCounts plus(PairedCounts others) {
        return new PairedCounts(wins + others.wins, losses + others.losses, ties + others.ties);
    }
}
