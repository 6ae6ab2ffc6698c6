package dev.hemline.insight.predict;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.predict.Prediction.Guess;
import java.util.Locale;

/** How answers look. */
interface PredictionFormat {
    /** How many classes people are shown. */
    int TOP = 3;

    /** The answer to one picture. */
    String answer(String name, Prediction prediction);

    /** Why there is none. */
    String failure(String name, String reason);

    /** For people: the picture's name and the three most likely classes, each with a bar. */
    static PredictionFormat text() {
        return new TextFormat();
    }

    /** For programs: one object a line. */
    static PredictionFormat json(ChosenModel model) {
        return new JsonFormat(model);
    }

    /** Bars of up to twenty blocks. */
    final class TextFormat implements PredictionFormat {
        private static final int BAR = 20;

        @Override
        public String answer(String name, Prediction prediction) {
            StringBuilder lines = new StringBuilder(printable(name));
            for (Guess guess : prediction.top(TOP)) {
                lines.append(String.format(
                                Locale.ROOT,
                                "%n  %-14s %5.1f %%  %s",
                                guess.name(),
                                100 * guess.probability(),
                                "█".repeat((int) Math.round(BAR * guess.probability())))
                        .stripTrailing());
            }
            return lines.toString();
        }

        @Override
        public String failure(String name, String reason) {
            return printable(name) + ": " + printable(reason);
        }

        /** File names come from strangers; a terminal would obey control characters in them. */
        private static String printable(String text) {
            return text.replaceAll("\\p{Cntrl}", "?");
        }
    }

    /** Every class's probability, and which model said so. */
    final class JsonFormat implements PredictionFormat {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final ChosenModel model;

        JsonFormat(ChosenModel model) {
            this.model = model;
        }

        @Override
        public String answer(String name, Prediction prediction) {
            Guess first = prediction.top(1).get(0);
            ObjectNode line = JSON.createObjectNode();
            line.put("file", name);
            line.put("label", first.label());
            line.put("labelName", first.name());
            line.put("confidence", first.probability());
            ArrayNode top = line.putArray("top");
            prediction
                    .top(TOP)
                    .forEach(guess -> top.addObject()
                            .put("label", guess.label())
                            .put("labelName", guess.name())
                            .put("probability", guess.probability()));
            ArrayNode all = line.putArray("probabilities");
            for (float probability : prediction.probabilities()) {
                all.add(probability);
            }
            line.put("model", model.title());
            return line.toString();
        }

        @Override
        public String failure(String name, String reason) {
            return JSON.createObjectNode()
                    .put("file", name)
                    .put("error", reason)
                    .toString();
        }
    }
}
