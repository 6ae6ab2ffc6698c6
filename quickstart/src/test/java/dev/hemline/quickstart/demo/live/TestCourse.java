package dev.hemline.quickstart.demo.live;

import java.time.Instant;
import java.util.function.IntToDoubleFunction;

/** Courses as they might be. */
public final class TestCourse {
    private static final int PER_SECOND = 10;

    private TestCourse() {}

    /**
     * Ten results of version 1 in each second.
     *
     * @param accuracy of the results of each second since it began, in tenths
     */
    public static AccuracyCourse of(Instant from, Instant to, IntToDoubleFunction accuracy) {
        var course = new AccuracyCourse();
        for (int second = 0; from.plusSeconds(second).isBefore(to); second++) {
            long right = Math.round(accuracy.applyAsDouble(second) * PER_SECOND);
            for (int result = 0; result < PER_SECOND; result++) {
                course.add(from.plusSeconds(second), 1, result < right);
            }
        }
        return course;
    }
}
