package dev.hemline.quickstart.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.event.Classification;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a result looks on one line. */
@FunctionalInterface
interface ResultFormat {
    String line(Classification result);

    /** For people: id, label, confidence, version. */
    static ResultFormat columns() {
        return result -> String.format(
                Locale.ROOT,
                "%-28s  %-12s  %5.1f %%  %s v%d",
                printable(result.getId()),
                printable(result.getLabelName()),
                100 * result.getConfidence(),
                printable(result.getModelName()),
                result.getModelVersion());
    }

    /** For programs: an object with every field, times in ISO 8601. */
    static ResultFormat json() {
        var mapper = new ObjectMapper();
        return result -> {
            try {
                return mapper.writeValueAsString(fields(result));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException("Texts and numbers can always be written as JSON", e);
            }
        };
    }

    private static Map<String, Object> fields(Classification result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", result.getId());
        fields.put("source", result.getSource());
        fields.put("label", result.getLabel());
        fields.put("labelName", result.getLabelName());
        fields.put("confidence", result.getConfidence());
        fields.put("probabilities", result.getProbabilities());
        fields.put("modelName", result.getModelName());
        fields.put("modelVersion", result.getModelVersion());
        fields.put("modelSha256", result.getModelSha256());
        fields.put("capturedAt", result.getCapturedAt().toString());
        fields.put("classifiedAt", result.getClassifiedAt().toString());
        return fields;
    }

    /** Ids come from strangers; a terminal would obey control characters in them. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
