package dev.hemline.quality.request;

import static dev.hemline.quality.request.Samples.candidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChooserTest {
    private static final long MINUTE = 60_000;

    private final Chooser chooser = new Chooser(4, 0);

    /** No episode wants labels. */
    private static int none(String episode) {
        return 0;
    }

    private static List<String> of(RequestReason reason, List<LabelRequest> requests) {
        return requests.stream()
                .filter(request -> request.getReason() == reason)
                .map(LabelRequest::getId)
                .toList();
    }

    @Test
    void shouldDrawThoseWithTheLowestLotsAndSayHowProbableThatWas() {
        for (int i = 0; i < 40; i++) {
            chooser.offer(candidate("a-" + i, 0.1f, (i + 7) % 40 / 40.0, 0), false);
        }

        List<LabelRequest> requests = chooser.choose(MINUTE, ChooserTest::none);

        assertThat(of(RequestReason.RANDOM, requests)).containsExactly("a-33", "a-34");
        // 2 of 40, and half of all events leave a sample
        assertThat(requests.get(0).getInclusionProbability()).isCloseTo(0.5 * 2 / 40, within(1e-12));
        assertThat(requests.get(0).getSamplePartition()).isEqualTo(3);
        assertThat(requests.get(0).getSampleOffset()).isEqualTo(17);
        assertThat(requests.get(0).getPredicted()).isEqualTo(1);
    }

    @Test
    void shouldAskWhereTheTwoBestClassesAreClosest() {
        for (int i = 0; i < 40; i++) {
            chooser.offer(candidate("a-" + i, i / 100f, 1 - i / 100.0, 0), false);
        }

        List<LabelRequest> requests = chooser.choose(MINUTE, ChooserTest::none);

        assertThat(of(RequestReason.RANDOM, requests)).containsExactly("a-39", "a-38");
        assertThat(of(RequestReason.UNSURE, requests)).containsExactly("a-37", "a-36");
        assertThat(requests.get(2).getMargin()).isCloseTo(0.26f, within(1e-5f));
        assertThat(requests.get(2).getInclusionProbability()).isNull();
    }

    @Test
    void shouldAskInTurnsWherePicturesHaveChangedAndWhereItWasUnsure() {
        var busy = new Chooser(8, 0);
        for (int i = 0; i < 40; i++) {
            busy.offer(candidate("changed-" + i, 0.1f, i / 100.0, 0), true);
            busy.offer(candidate("as-ever-" + i, i / 100f, 0.5 + i / 100.0, 0), false);
        }

        List<LabelRequest> requests = busy.choose(MINUTE, ChooserTest::none);

        assertThat(of(RequestReason.RANDOM, requests))
                .containsExactly("changed-0", "changed-1", "changed-2", "changed-3");
        assertThat(of(RequestReason.DRIFTED, requests)).containsExactly("changed-4", "changed-5");
        assertThat(of(RequestReason.UNSURE, requests)).containsExactly("as-ever-39", "as-ever-38");
        assertThat(requests.get(5).getInclusionProbability()).isNull();
    }

    @Test
    void shouldAskOnlyWherePicturesHaveChangedWhereNothingElseComes() {
        for (int i = 0; i < 40; i++) {
            chooser.offer(candidate("changed-" + i, i / 100f, i / 100.0, 0), true);
        }

        assertThat(of(RequestReason.DRIFTED, chooser.choose(MINUTE, ChooserTest::none)))
                .containsExactly("changed-2", "changed-3");
    }

    @Test
    void shouldForgetAfterAMinuteWhereItWasUnsure() {
        chooser.offer(candidate("old", 0.5f, 0.9, 0), false);
        chooser.choose(1, ChooserTest::none);

        assertThat(of(RequestReason.UNSURE, chooser.choose(2 * MINUTE, ChooserTest::none)))
                .isEmpty();
    }

    @Test
    void shouldAskForNoMoreThanItMay() {
        int asked = 0;
        for (int second = 1; second <= 600; second++) {
            for (int i = 0; i < 10; i++) {
                chooser.offer(candidate(second + "-" + i, 0.3f, i / 10.0, second * 1_000L), false);
            }
            asked += chooser.choose(second * 1_000L, ChooserTest::none).size();
        }

        assertThat(asked).isBetween(38, 40);
    }

    @Test
    void shouldNotSaveMoreThanAMinutesPart() {
        assertThat(chooser.choose(100 * MINUTE, ChooserTest::none)).isEmpty();
        for (int i = 0; i < 40; i++) {
            chooser.offer(candidate("a-" + i, 0.1f, i / 40.0, 100 * MINUTE), false);
        }

        assertThat(chooser.choose(100 * MINUTE, ChooserTest::none)).hasSize(4);
    }

    @Test
    void shouldSpendLessThanOneAMinuteToo() {
        Chooser seldom = new Chooser(0.5, 0);
        List<LabelRequest> asked = new ArrayList<>();
        for (int minute = 1; minute <= 40; minute++) {
            seldom.offer(candidate("a-" + minute, 0.1f, 0.5, minute * MINUTE), false);
            asked.addAll(seldom.choose(minute * MINUTE, ChooserTest::none));
        }

        assertThat(of(RequestReason.RANDOM, asked)).hasSize(10);
    }

    @Test
    void shouldAskForAsManyAsAnEpisodeWantsBeyondWhatIsAskedAnyway() {
        for (int i = 0; i < 40; i++) {
            chooser.offer(candidate("a-" + i, 0.1f, "e-1", (i + 7) % 40 / 40.0, 0), true);
        }

        List<LabelRequest> asked = chooser.choose(MINUTE, episode -> episode.equals("e-1") ? 12 : 0);

        assertThat(of(RequestReason.RANDOM, asked)).containsExactly("a-33", "a-34");
        assertThat(asked)
                .filteredOn(one -> one.getEpisode().equals("e-1"))
                .hasSize(12)
                .allSatisfy(one -> assertThat(one.getReason()).isEqualTo(RequestReason.DRIFTED));
        assertThat(asked.stream().map(LabelRequest::getId)).doesNotHaveDuplicates();
        assertThat(chooser.choose(MINUTE, ChooserTest::none)).isEmpty();
    }

    @Test
    void shouldSpendNothingOfWhatIsAskedAnywayOnWhatAnEpisodeHasAskedFor() {
        for (int i = 0; i < 6; i++) {
            chooser.offer(candidate("a-" + i, 0.1f, "e-1", i / 6.0, 0), true);
        }
        assertThat(chooser.choose(0, episode -> 6)).hasSize(6);
        for (int i = 0; i < 6; i++) {
            chooser.offer(candidate("b-" + i, 0.1f, "", (i + 6) / 12.0, MINUTE / 2), true);
        }

        List<LabelRequest> asked = chooser.choose(MINUTE / 2, ChooserTest::none);

        assertThat(of(RequestReason.DRIFTED, asked)).isNotEmpty().allMatch(id -> id.startsWith("b-"));
        assertThat(of(RequestReason.UNSURE, asked)).allMatch(id -> id.startsWith("b-"));
    }
}
