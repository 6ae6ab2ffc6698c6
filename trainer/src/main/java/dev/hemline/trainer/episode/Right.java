package dev.hemline.trainer.episode;

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
        if (of == 0) {
            return 1;
        }
        double zz = z * z / of;
        double half = z * Math.sqrt(accuracy() * (1 - accuracy()) / of + zz / (4 * of));
        return Math.min(1, (accuracy() + zz / 2 + half) / (1 + zz));
    }
}
