package dev.hemline.trainer.training;

/**
 * A learning rate that rises to its top and then falls to almost nothing, both along a cosine: large steps are safe after
 * a gentle start, and small ones settle at the end.
 *
 * @param top largest learning rate
 * @param steps how many steps the whole training takes, at least 1
 * @param warmUpSteps how many of them rise, at least 1
 */
record OneCycle(double top, int steps, int warmUpSteps) {
    private static final double START_DIVISOR = 10;
    private static final double END_DIVISOR = 1000;
    private static final double LONGEST_WARM_UP = 0.1;

    /** Rises for the steps wished for, but for no more than a tenth of all. */
    static OneCycle over(int steps, double top, int warmUpSteps) {
        int warmUp = Math.min(warmUpSteps, (int) Math.ceil(steps * LONGEST_WARM_UP));
        return new OneCycle(top, steps, Math.max(1, warmUp));
    }

    /** @param step counted from 1; beyond the last it stays at the end's value */
    double at(int step) {
        if (step <= warmUpSteps) {
            return between(top / START_DIVISOR, top, (double) step / warmUpSteps);
        }
        double fallen = (double) (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
        return between(top, top / END_DIVISOR, Math.min(1, fallen));
    }

    private static double between(double from, double to, double progress) {
        return to + (from - to) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
}
