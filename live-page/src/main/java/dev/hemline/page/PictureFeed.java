package dev.hemline.page;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelManifest;
import dev.hemline.image.UnfitImageException;
import dev.hemline.page.PictureBoard.Tile;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.ModelKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Brings sampled pictures, answers and labels together, and tells the watchers and whoever waits for an answer. */
final class PictureFeed {
    private final PageSources sources;
    private final SseBroadcaster watchers;
    private final PictureBoard board = new PictureBoard();
    private final Map<String, CompletableFuture<Answered>> awaited = new ConcurrentHashMap<>();

    PictureFeed(PageSources sources, SseBroadcaster watchers) {
        this.sources = sources;
        this.watchers = watchers;
    }

    /** What will be read about an event, until it is forgotten. */
    CompletableFuture<Answered> await(String id) {
        return awaited.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }

    /** Nobody waits for this event's answer any longer. */
    void forget(String id) {
        awaited.remove(id);
    }

    void sampled(ImageEvent event) {
        if (isTooLong(event.getId()) || isTooLong(event.getSource())) {
            return;
        }
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
        } catch (UnfitImageException | RuntimeException e) {
            // It has its outcome elsewhere; here it only cannot be seen.
            return null;
        }
    }

    /** What may be on no topic but was read there, is not shown; scoring counts it. */
    void classified(Classification result) {
        if (EventChecks.fault(result).isPresent()) {
            return;
        }
        var version = new ModelKey.Manifest(result.getModelName(), result.getModelVersion());
        answer(
                result.getId(),
                Answered.classified(result, sources.names().of(version).orElse(List.of())));
    }

    void rejected(String id, String reason, String message) {
        if (!isTooLong(id)) {
            answer(id, Answered.rejected(reason, message));
        }
    }

    private static boolean isTooLong(String name) {
        return name.length() > EventChecks.MAX_NAME_CHARS;
    }

    private void answer(String id, Answered answer) {
        CompletableFuture<Answered> waiting = awaited.get(id);
        if (waiting != null) {
            waiting.complete(answer);
        }
        board.answer(id, answer).ifPresent(this::tell);
    }

    void labelled(GroundTruth truth) {
        if (EventChecks.fault(truth).isPresent()) {
            return;
        }
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
