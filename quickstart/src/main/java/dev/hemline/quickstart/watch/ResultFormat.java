package dev.hemline.quickstart.watch;

import dev.hemline.event.Classification;
import dev.hemline.service.JsonFile;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.apache.avro.Schema;

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
        return result -> {
            var fields = new LinkedHashMap<String, Object>();
            for (Schema.Field field : result.getSchema().getFields()) {
                fields.put(field.name(), result.get(field.pos()));
            }
            return JsonFile.line(fields);
        };
    }

    /** Ids come from strangers; a terminal would obey control characters in them. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
