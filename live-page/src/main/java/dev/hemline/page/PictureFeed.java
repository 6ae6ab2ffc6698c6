package dev.hemline.page;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelManifest;
import dev.hemline.image.UnfitImageException;
import dev.hemline.page.PictureBoard.Tile;
import dev.hemline.topic.ModelKey;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Brings sampled pictures, answers and labels together and tells the watchers. */
final class PictureFeed {
    private final PageSources sources;
    private final SseBroadcaster watchers;
    private final BiConsumer<String, Answered> answered;
    private final PictureBoard board = new PictureBoard();

    /** @param answered hears of every answer, by event id */
    PictureFeed(PageSources sources, SseBroadcaster watchers, BiConsumer<String, Answered> answered) {
        this.sources = sources;
        this.watchers = watchers;
        this.answered = answered;
    }

    void sampled(ImageEvent event) {
        tell(board.picture(
                event.getId(),
                event.getSource(),
                event.getCapturedAt().toEpochMilli(),
                thumbnail(event),
                event.getLabel()));
    }

    private @Nullable Thumbnail thumbnail(ImageEvent event) {
        ModelManifest serving = sources.serving().get().orElse(null);
        if (serving == null) {
            return null;
        }
        try {
            return Thumbnail.of(event, serving.getInput());
        } catch (UnfitImageException e) {
            return null;
        }
    }

    void classified(Classification result) {
        var version = new ModelKey.Manifest(result.getModelName(), result.getModelVersion());
        answer(
                result.getId(),
                Answered.classified(result, sources.names().of(version).orElse(List.of())));
    }

    void rejected(String id, String reason, String message) {
        answer(id, Answered.rejected(reason, message));
    }

    private void answer(String id, Answered answer) {
        answered.accept(id, answer);
        board.answer(id, answer).ifPresent(this::tell);
    }

    void labelled(GroundTruth truth) {
        board.label(truth.getId(), truth.getLabel()).ifPresent(this::tell);
    }

    private void tell(Tile tile) {
        watchers.tell(Message.of("picture", tile));
    }

    /** Those on the board, for somebody who comes now. */
    List<Message> past() {
        return board.tiles().stream().map(tile -> Message.of("picture", tile)).toList();
    }
}
