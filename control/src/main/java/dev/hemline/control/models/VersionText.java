package dev.hemline.control.models;

import static dev.hemline.service.TerminalTable.Column.left;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.TerminalTable;
import dev.hemline.service.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Versions as lines for a terminal. */
record VersionText(ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /**
     * A model, and a line for each of its versions.
     *
     * @param models all that there are
     */
    List<String> list(PublishedVersions model, List<VersionRow> rows, Set<String> models) {
        List<String> lines = new ArrayList<>();
        lines.add("Model " + model.name()
                + (model.policy().isPresent() ? ", policy " + ModelAdmin.code(model.servingPolicy()) : "")
                + (model.canaryShare() > 0 ? " with a canary of " + Texts.percent(model.canaryShare()) : "")
                + PolicyTerms.of(model)
                        .refresh()
                        .map(terms -> ", refreshed with " + terms.getLabels() + " labels where it is wrong")
                        .orElse("")
                + model.pin().map(pin -> said("pinned to", pin)).orElse("")
                + model.challenger().map(alias -> said("challenged by", alias)).orElse(""));
        if (models.size() > 1) {
            lines.add("There are others, see --model: " + String.join(", ", models));
        }
        lines.add("");
        lines.addAll(table(rows));
        rows.forEach(row -> row.refusals().stream()
                .map(refusal -> "v" + row.version() + " was refused because " + refusal.message())
                .distinct()
                .forEach(lines::add));
        return lines;
    }

    private static String said(String what, ModelAlias alias) {
        return ", " + what + " v" + alias.getVersion() + " by " + alias.getSetBy()
                + (alias.getReason().isEmpty() ? "" : ": " + alias.getReason());
    }

    List<String> table(List<VersionRow> rows) {
        TerminalTable table = new TerminalTable(
                left("VERSION"),
                left("TRAINED"),
                left("ACCURACY (95 %)"),
                left("SIZE"),
                left("NETWORK"),
                left("SIGNED WITH"),
                left("STATE"));
        rows.forEach(row -> table.row(
                "v" + row.version(),
                time(row.trainedAt()),
                Objects.requireNonNullElse(row.accuracy(), "unknown"),
                size(row.sizeBytes()),
                row.network(),
                Objects.requireNonNullElse(row.signedWith(), "-"),
                state(row)));
        return table.lines();
    }

    private static String state(VersionRow row) {
        List<String> parts = new ArrayList<>();
        if (row.pinned()) {
            parts.add("pinned");
        }
        if (row.challenger()) {
            parts.add("challenger");
        }
        if (!row.servingInstances().isEmpty()) {
            parts.add("serving on " + String.join(", ", row.servingInstances()));
        }
        row.refusals().forEach(refusal -> parts.add("refused by " + refusal.instance() + ": " + refusal.reason()));
        return parts.isEmpty() ? "-" : String.join("; ", parts);
    }

    /** One version, a line for each thing there is to say. */
    List<String> page(PublishedVersion version, VersionRow row) {
        ModelManifest manifest = version.manifest();
        ModelArchive archive = manifest.getArchive();
        VersionRow.Accuracy accuracy = row.accuracy();
        List<String> lines = new ArrayList<>();
        add(
                lines,
                "version",
                manifest.getName() + " v" + manifest.getVersion() + (row.pinned() ? ", pinned" : "")
                        + (row.challenger() ? ", challenger" : ""));
        add(lines, "made", time(manifest.getCreatedAt()) + " by " + manifest.getCreatedBy());
        add(
                lines,
                "archive",
                archive.getFormat() + ", " + size(archive.getSizeBytes()) + ", "
                        + version.chunkKeys().size() + " of " + archive.getChunks() + " chunks on the topic");
        add(lines, "sha-256", archive.getSha256());
        add(lines, "signed with", Objects.requireNonNullElse(row.signedWith(), "nothing"));
        add(
                lines,
                "network",
                String.format(Locale.ROOT, "%s, %,d parameters", manifest.getNetwork(), manifest.getParameters()));
        add(
                lines,
                "accuracy",
                accuracy == null
                        ? "unknown"
                        : accuracy + " on " + accuracy.images() + " images of " + accuracy.split());
        add(lines, "input", input(manifest.getInput()));
        add(lines, "output", manifest.getOutput().toString().toLowerCase(Locale.ROOT));
        add(lines, "labels", manifest.getLabels().size() + ": " + String.join(", ", manifest.getLabels()));
        add(
                lines,
                "golden batch",
                manifest.getGolden().getImages().size() + " images, answers within "
                        + manifest.getGolden().getTolerance());
        new TreeMap<>(manifest.getTraining()).forEach((name, value) -> add(lines, "training " + name, value));
        row.servingInstances().forEach(instance -> add(lines, "serving on", instance));
        row.refusals()
                .forEach(refusal -> add(
                        lines, "refused by", refusal.instance() + " (" + refusal.reason() + "): " + refusal.message()));
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "%-24s %s", name, value));
    }

    private static String input(ModelInput input) {
        return input.getChannels() + " x " + input.getHeight() + " x " + input.getWidth() + ", mean " + input.getMean()
                + ", deviation " + input.getStd() + (input.getInvert() ? ", inverted first" : "");
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
