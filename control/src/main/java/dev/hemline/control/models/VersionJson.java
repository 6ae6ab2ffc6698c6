package dev.hemline.control.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hemline.event.ModelAlias;
import java.util.List;

/** Versions as JSON, for programs. */
final class VersionJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private VersionJson() {}

    /** One object; times are ISO 8601 in UTC, what is not known is null. */
    static String of(ModelVersions model, List<VersionRow> rows) {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", model.name());
        root.put("pinned", model.pin().map(ModelAlias::getVersion).orElse(null));
        root.put("highestVersionEver", model.highest());
        ArrayNode versions = root.putArray("versions");
        rows.forEach(row -> write(row, versions.addObject()));
        return root.toPrettyString();
    }

    private static void write(VersionRow row, ObjectNode version) {
        version.put("version", row.version());
        version.put("trainedAt", row.trained().toString());
        row.accuracy()
                .ifPresentOrElse(
                        accuracy -> version.putObject("accuracy")
                                .put("share", accuracy.share())
                                .put("low95", accuracy.low())
                                .put("high95", accuracy.high())
                                .put("images", accuracy.images())
                                .put("split", accuracy.split()),
                        () -> version.putNull("accuracy"));
        version.put("sizeBytes", row.sizeBytes());
        version.put("network", row.network());
        version.put("signedWith", row.signedWith().orElse(null));
        version.put("pinned", row.pinned());
        ArrayNode serving = version.putArray("servingInstances");
        row.servingInstances().forEach(serving::add);
        ArrayNode refusals = version.putArray("refusals");
        row.refusals()
                .forEach(refusal -> refusals.addObject()
                        .put("instance", refusal.instance())
                        .put("reason", refusal.reason())
                        .put("message", refusal.message()));
    }
}
