package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.page.Answered.Guess;
import dev.hemline.page.PictureBoard.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureBoardTest {
    private static final Answered ANSWER =
            Answered.classified(PageEvents.result("a", 20), List.of("T-shirt", "Trouser", "Pullover", "Dress"));

    private final PictureBoard board = new PictureBoard();

    private Tile picture(String id) {
        return board.picture(id, "test", 0, null, null);
    }

    @Test
    void shouldBringAPictureItsAnswerAndItsLabelTogether() {
        picture("a");

        board.answer("a", ANSWER);

        assertThat(board.label("a", 2)).hasValueSatisfying(tile -> {
            assertThat(tile.answer()).isEqualTo(ANSWER);
            assertThat(tile.label()).isEqualTo(2);
        });
    }

    @Test
    void shouldKnowWhatCameBeforeThePicture() {
        assertThat(board.answer("a", ANSWER)).isEmpty();
        assertThat(board.label("a", 3)).isEmpty();

        Tile tile = picture("a");

        assertThat(tile.answer()).isEqualTo(ANSWER);
        assertThat(tile.label()).isEqualTo(3);
    }

    @Test
    void shouldKeepOnlyTheNewestPictures() {
        for (int i = 0; i < PictureBoard.SHOWN + 3; i++) {
            picture("picture-" + i);
        }

        assertThat(board.tiles()).hasSize(PictureBoard.SHOWN);
        assertThat(board.tiles().get(0).id()).isEqualTo("picture-3");
        assertThat(board.answer("picture-0", ANSWER)).isEmpty();
    }

    @Test
    void shouldTellTheThreeBestClassesByName() {
        assertThat(ANSWER.top())
                .containsExactly(
                        new Guess(2, "Pullover", 0.6f), new Guess(0, "T-shirt", 0.2f), new Guess(3, "Dress", 0.15f));
        assertThat(ANSWER.millis()).isEqualTo(20);
        assertThat(ANSWER.version()).isEqualTo(7);
    }
}
