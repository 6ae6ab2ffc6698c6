package dev.hemline.page;

import dev.hemline.event.ExperimentStanding;
import java.util.ArrayList;
import java.util.List;

/** How the evidence of one comparison has come: the newest look, and of those before some, spread over its time. Not for several threads. */
final class EvidenceHistory {
    static final int MOST = 200;

    private final List<Look> looks = new ArrayList<>();
    /** Milliseconds that two looks are apart at least, but for the newest. */
    private long apart;

    /**
     * What spoke for the candidate and against it.
     *
     * @param at milliseconds since 1970
     * @param logEValue natural logarithm, as the other one
     */
    record Look(long at, double logEValue, double logEValueAgainst) {
        static Look of(ExperimentStanding standing) {
            return new Look(
                    standing.getLookedAt().toEpochMilli(), standing.getLogEValue(), standing.getLogEValueAgainst());
        }
    }

    void add(Look look) {
        // The newest was not kept for its time; and where a clock was set back, what came before counts no more.
        if (looks.size() > 1 && newest().at() - looks.get(looks.size() - 2).at() < apart) {
            looks.remove(looks.size() - 1);
        }
        while (!looks.isEmpty() && newest().at() >= look.at()) {
            looks.remove(looks.size() - 1);
        }
        looks.add(look);
        if (looks.size() > MOST) {
            thin();
        }
    }

    private Look newest() {
        return looks.get(looks.size() - 1);
    }

    private void thin() {
        Look newest = newest();
        apart = (newest.at() - looks.get(0).at()) / (MOST / 2);
        List<Look> all = List.copyOf(looks);
        looks.clear();
        for (Look look : all) {
            if (looks.isEmpty() || look.equals(newest) || look.at() - newest().at() >= apart) {
                looks.add(look);
            }
        }
    }

    /** Oldest first, 200 at most. */
    List<Look> looks() {
        return List.copyOf(looks);
    }
}
