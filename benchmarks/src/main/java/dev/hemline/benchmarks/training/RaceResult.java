package dev.hemline.benchmarks.training;

/**
 * How soon a network learns.
 *
 * @param contender who ran
 * @param target share of the validation images that was to be right
 * @param reached whether it came to that before the recipe's end
 * @param seconds from the first weights in memory to the validation that found it out, earlier validations included
 * @param imagesSeen images trained on until then
 * @param epochs those images in passes over all there are
 * @param accuracy share of right answers in that validation
 * @param validationImages how many there were
 */
record RaceResult(
        String contender,
        double target,
        boolean reached,
        double seconds,
        long imagesSeen,
        double epochs,
        double accuracy,
        int validationImages) {}
