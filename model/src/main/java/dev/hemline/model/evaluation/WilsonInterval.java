package dev.hemline.model.evaluation;

/**
 * Where a share lies with 95 % confidence, by Wilson's score: right for few images and for shares near 0 and 1 too.
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
public record WilsonInterval(double low, double high) {
    private static final double Z = 1.959964;

    /**
     * With 95 % confidence.
     *
     * @param n how many were looked at, at least 1
     */
    public static WilsonInterval of(double share, long n) {
        return of(share, n, Z);
    }

    /** @param z how many standard deviations it reaches to either side */
    public static WilsonInterval of(double share, long n, double z) {
        double zz = z * z / n;
        double centre = (share + zz / 2) / (1 + zz);
        double half = z / (1 + zz) * Math.sqrt(share * (1 - share) / n + zz / (4 * n));
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
