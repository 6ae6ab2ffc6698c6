package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestBoardTest {
    static {
        // Avro makes enums only of classes that it was told to trust, which is done with the first serde.
        Topics.LABEL_REQUESTS.valueSerde();
    }

    private final RequestBoard board = new RequestBoard();

    static LabelRequest request(String id) {
        return LabelRequest.newBuilder()
                .setId(id)
                .setSource("shop")
                .setReason(RequestReason.UNSURE)
                .setModelName("clothes")
                .setModelVersion(12)
                .setClasses(2)
                .setPredicted(1)
                .setMargin(0.1f)
                .setSamplePartition(0)
                .setSampleOffset(7)
                .setRequestedAt(Instant.EPOCH)
                .build();
    }

    private Optional<String> next(String person, long now) {
        return board.next(person, now).map(LabelRequest::getId);
    }

    @Test
    void shouldShowTwoPeopleTwoPicturesAndEachTheirOwnAgain() {
        board.requested(request("a"));
        board.requested(request("b"));

        assertThat(next("ann", 0)).contains("b");
        assertThat(next("bob", 0)).contains("a");
        assertThat(next("ann", 1)).contains("b");
        assertThat(next("eve", 1)).isEmpty();
    }

    @Test
    void shouldShowToOthersWhatSomebodyHasHadForAMinute() {
        board.requested(request("a"));
        next("ann", 0);

        assertThat(next("bob", RequestBoard.HELD_MILLIS)).contains("a");
        assertThat(next("ann", RequestBoard.HELD_MILLIS + 1)).isEmpty();
    }

    @Test
    void shouldNotShowAgainWhatHasItsLabelWhicheverComesFirst() {
        board.requested(request("a"));
        board.settled("a");
        board.settled("b");
        board.requested(request("b"));
        board.requested(request("a"));

        assertThat(next("ann", 0)).isEmpty();
        assertThat(board.open()).isZero();
    }

    @Test
    void shouldLetAnAnswerBeTakenBackButNothingBeSaidThatNobodyAskedFor() {
        board.requested(request("a"));
        board.answered(request("a"));

        assertThat(next("ann", 0)).isEmpty();
        assertThat(board.find("a")).isPresent();
        assertThat(board.find("b")).isEmpty();
    }

    @Test
    void shouldShowWhatOneSkippedToOthersUntilFiveCouldNotTell() {
        board.requested(request("a"));
        for (int person = 0; person < 5; person++) {
            assertThat(next("person-" + person, 0)).contains("a");
            board.skip("a", "person-" + person);
            assertThat(next("person-" + person, 0)).isEmpty();
        }

        assertThat(next("ann", 0)).isEmpty();
        assertThat(board.open()).isZero();
    }

    @Test
    void shouldRememberABoundedNumber() {
        for (int i = 0; i < 2 * RequestBoard.MOST_OPEN; i++) {
            board.requested(request("a-" + i));
        }

        assertThat(board.open()).isEqualTo(RequestBoard.MOST_OPEN);
        assertThat(board.find("a-0")).isEmpty();
    }
}
