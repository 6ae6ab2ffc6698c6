package dev.hemline.trainer.episode;

import dev.hemline.model.evaluation.WilsonInterval;

/**
 * How many labelled pictures were answered rightly.
 *
 * @param of how many
 */
record Right(int of, int right) {
    static final Right NONE = new Right(0, 0);

    double accuracy() {
        return of == 0 ? 0 : (double) right / of;
    }

    /**
     * Whether it is a lower share than another, by the interval of a difference of two shares that has room for what chance does to both
     * (Newcombe, 1998: his tenth method).
     *
     * @param allowed how much lower it may be
     * @param z how many standard deviations may lie between
     */
    boolean isClearlyBelow(Right other, double allowed, double z) {
        if (of == 0 || other.of == 0) {
            return false;
        }
        double up = WilsonInterval.of(accuracy(), of, z).high() - accuracy();
        double down = other.accuracy()
                - WilsonInterval.of(other.accuracy(), other.of, z).low();
        return other.accuracy() - accuracy() - Math.hypot(up, down) > allowed;
    }
}
