package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.trainer.Occasion.Trigger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OccasionTest {
    @Test
    void shouldTellWhatMadeATrainingTakePlaceAndNothingElse() {
        assertThat(Occasion.of(Trigger.SCHEDULE).story()).containsExactly(Map.entry("trigger", "schedule"));
    }

    @Test
    void shouldFindTheRequestsInWhatItTells() {
        Map<String, String> story = Occasion.ofRequests(List.of("r-1", "r-2")).story();

        assertThat(story).containsEntry("trigger", "request");
        assertThat(Occasion.requestsIn(story)).containsExactly("r-1", "r-2");
        assertThat(story).doesNotContainKey("episode");
    }

    @Test
    void shouldFindTheEpisodeInWhatItTells() {
        Map<String, String> story = Occasion.ofEpisode("clothes-v1-42").story();

        assertThat(story).containsEntry("trigger", "episode");
        assertThat(story).containsEntry("episode", "clothes-v1-42");
        assertThat(Occasion.requestsIn(story)).isEmpty();
    }

    @Test
    void shouldTellOfNoMoreRequestsThanARecordHasRoomFor() {
        List<String> requests = IntStream.range(0, 150).mapToObj(i -> "r-" + i).toList();

        assertThat(Occasion.requestsIn(Occasion.ofRequests(requests).story())).isEqualTo(requests.subList(0, 100));
    }

    @Test
    void shouldFindNothingWhereNothingIsTold() {
        assertThat(Occasion.requestsIn(Map.of())).isEmpty();
    }
}
