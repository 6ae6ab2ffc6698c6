package dev.hemline.control.models;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** One version on a page, a line for each thing there is to say. */
record VersionPage(VersionTable format) {

    List<String> lines(ModelVersion version, VersionRow row) {
        ModelManifest manifest = version.manifest();
        List<String> lines = new ArrayList<>();
        add(lines, "version", manifest.getName() + " v" + manifest.getVersion() + (row.pinned() ? ", pinned" : ""));
        add(lines, "made", format.time(manifest.getCreatedAt()) + " by " + manifest.getCreatedBy());
        add(lines, "archive", archive(version));
        add(lines, "sha-256", manifest.getArchive().getSha256());
        add(lines, "signed with", row.signedWith().orElse("nothing"));
        add(
                lines,
                "network",
                String.format(Locale.ROOT, "%s, %,d parameters", manifest.getNetwork(), manifest.getParameters()));
        add(lines, "accuracy", row.accuracy().map(VersionPage::accuracy).orElse("unknown"));
        add(lines, "input", input(manifest.getInput()));
        add(lines, "output", manifest.getOutput().toString().toLowerCase(Locale.ROOT));
        add(lines, "labels", manifest.getLabels().size() + ": " + String.join(", ", manifest.getLabels()));
        add(lines, "golden batch", golden(manifest.getGolden()));
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

    private static String archive(ModelVersion version) {
        var archive = version.manifest().getArchive();
        return archive.getFormat() + ", " + VersionTable.size(archive.getSizeBytes()) + ", "
                + version.chunkKeys().size() + " of " + archive.getChunks() + " chunks on the topic";
    }

    private static String accuracy(VersionRow.Accuracy accuracy) {
        return accuracy + " on " + accuracy.images() + " images of " + accuracy.split();
    }

    private static String input(ModelInput input) {
        return input.getChannels() + " x " + input.getHeight() + " x " + input.getWidth() + ", mean " + input.getMean()
                + ", deviation " + input.getStd() + (input.getInvert() ? ", inverted first" : "");
    }

    private static String golden(GoldenBatch golden) {
        return golden.getImages().size() + " images, answers within " + golden.getTolerance();
    }
}
