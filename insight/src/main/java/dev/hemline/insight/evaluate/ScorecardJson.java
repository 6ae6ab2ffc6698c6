package dev.hemline.insight.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A scorecard for programs. */
final class ScorecardJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScorecardJson() {}

    /** One object; shares are 0 to 1, what is not known is null. */
    static String of(Scorecard card) {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", card.model());
        root.put("split", card.split());
        root.put("images", card.images());
        root.put("accuracy", card.accuracy());
        root.put("accuracyLow95", card.interval().low());
        root.put("accuracyHigh95", card.interval().high());
        root.put("loss", card.loss());
        root.put("calibrationError", card.calibrationError());
        root.put("parameters", card.parameters());
        root.put(
                "operationsPerImage",
                card.operations().isPresent() ? card.operations().getAsLong() : null);
        root.put("sizeBytes", card.sizeBytes());
        ArrayNode classes = root.putArray("classes");
        card.classes()
                .forEach(figures -> classes.addObject()
                        .put("name", figures.name())
                        .put("images", figures.images())
                        .put("precision", figures.precision())
                        .put("recall", figures.recall())
                        .put("f1", figures.f1()));
        return root.toPrettyString() + "\n";
    }
}
