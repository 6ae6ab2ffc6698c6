package dev.hemline.page;

import dev.hemline.event.Classification;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event, as read from the topics.
 *
 * @param version that answered; null if none did
 * @param top the most probable classes, the best first; none if it was rejected
 * @param millis from capture to answer
 * @param reason why it was rejected, as a short code; null if it was not
 * @param message the same in a sentence
 */
record Answered(
        @Nullable Integer version,
        List<Guess> top,
        long millis,
        @Nullable String reason,
        @Nullable String message) {
    private static final int SHOWN = 3;
    private static final int MAX_NAME_CHARS = 200;

    /** @param probability 0 to 1 */
    record Guess(int label, String name, float probability) {}

    /** @param names by class; a class without one is shown as its number */
    static Answered classified(Classification result, List<String> names) {
        List<Float> probabilities = result.getProbabilities();
        List<Guess> top = IntStream.range(0, probabilities.size())
                .boxed()
                .sorted(Comparator.comparing(probabilities::get).reversed())
                .limit(SHOWN)
                .map(label -> new Guess(label, name(result, names, label), probabilities.get(label)))
                .toList();
        // Senders' clocks may say anything, whole numbers would wrap around.
        double millis = (double) result.getClassifiedAt().toEpochMilli()
                - (double) result.getCapturedAt().toEpochMilli();
        return new Answered(result.getModelVersion(), top, (long) millis, null, null);
    }

    private static String name(Classification result, List<String> names, int label) {
        if (label == result.getLabel()) {
            return Texts.printable(result.getLabelName(), MAX_NAME_CHARS);
        }
        return LabelNames.name(names, label);
    }

    static Answered rejected(String reason, String message) {
        return new Answered(
                null,
                List.of(),
                0,
                Texts.printable(reason, MAX_NAME_CHARS),
                Texts.printable(message, InstanceFigures.MAX_MESSAGE_CHARS));
    }
}
