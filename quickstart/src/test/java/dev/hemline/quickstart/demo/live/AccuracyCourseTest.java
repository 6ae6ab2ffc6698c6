package dev.hemline.quickstart.demo.live;

import static dev.hemline.testbed.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccuracyCourseTest {
    private final AccuracyCourse course = new AccuracyCourse();

    @Test
    void shouldTellTheShareOfRightResultsFromOneTimeToBeforeAnother() {
        course.add(NOON, 1, false);
        course.add(NOON.plusSeconds(1), 1, true);
        course.add(NOON.plusMillis(1_900), 1, false);
        course.add(NOON.plusSeconds(2), 1, true);
        course.add(NOON.plusSeconds(3), 1, false);

        assertThat(course.between(NOON.plusSeconds(1), NOON.plusSeconds(3))).hasValue(2 / 3.0);
        assertThat(course.between(NOON, NOON.plusSeconds(60))).hasValue(0.4);
    }

    @Test
    void shouldTellNothingWhereThereWasNoResult() {
        course.add(NOON, 1, true);

        assertThat(course.between(NOON.plusSeconds(1), NOON.plusSeconds(2))).isEmpty();
        assertThat(course.between(NOON, NOON)).isEmpty();
    }

    /** As when somebody ends a season before its time. */
    @Test
    void shouldTellNothingOfATimeThatEndsBeforeItBegins() {
        course.add(NOON, 1, true);

        assertThat(course.between(NOON.plusSeconds(2), NOON)).isEmpty();
    }

    @Test
    void shouldTellOfSomeVersionsOnly() {
        course.add(NOON, 1, true);
        course.add(NOON, 2, false);
        course.add(NOON, 3, false);

        assertThat(course.between(NOON, NOON.plusSeconds(1), version -> version < 3))
                .hasValue(0.5);
        assertThat(course.between(NOON, NOON.plusSeconds(1), version -> version > 3))
                .isEmpty();
    }

    @Test
    void shouldNotChangeACopy() {
        course.add(NOON, 1, true);
        AccuracyCourse copy = course.copy();

        course.add(NOON, 1, false);

        assertThat(copy.between(NOON, NOON.plusSeconds(1))).hasValue(1);
        assertThat(course.between(NOON, NOON.plusSeconds(1))).hasValue(0.5);
    }

    @Test
    void shouldRememberADay() {
        for (int second = 0; second <= 86_400; second++) {
            course.add(NOON.plusSeconds(second), 1, second > 0);
        }

        assertThat(course.between(NOON, NOON.plusSeconds(1))).isEmpty();
        assertThat(course.between(NOON, NOON.plusSeconds(100_000))).hasValue(1);
    }
}
