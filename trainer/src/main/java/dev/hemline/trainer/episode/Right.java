package dev.hemline.trainer.episode;

import dev.hemline.model.evaluation.WilsonInterval;

/**
 * How many labelled pictures were answered rightly.
 *
 * @param of how many
 */
record Right(int of, int right) {
    double accuracy() {
        return of == 0 ? 0 : (double) right / of;
    }

    /**
     * The largest share of right answers that goes together with this.
     *
     * @param z how many standard deviations may lie between (Wilson's interval)
     */
    double atMost(double z) {
        return of == 0 ? 1 : WilsonInterval.of(accuracy(), of, z).high();
    }
}
