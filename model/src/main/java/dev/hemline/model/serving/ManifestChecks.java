package dev.hemline.model.serving;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be said about a model before anything of it runs. */
final class ManifestChecks {
    private static final String TORCHSCRIPT = "torchscript";
    private static final int LARGEST_SIDE = 16_384;

    private ManifestChecks() {}

    static void check(ModelManifest manifest, byte[] archive) throws ModelRefusedException {
        checkArchive(manifest.getArchive(), archive);
        checkInput(manifest.getInput());
        checkLabels(manifest.getLabels());
        checkGolden(
                manifest.getGolden(), manifest.getInput(), manifest.getLabels().size());
    }

    static void checkInput(ModelInput input) throws ModelRefusedException {
        int channels = input.getChannels();
        if (channels != 1 && channels != 3) {
            throw manifest("input.channels is " + channels + "; images have 1 or 3");
        }
        if (!isSide(input.getHeight()) || !isSide(input.getWidth())) {
            throw manifest("input is " + input.getHeight() + " x " + input.getWidth() + "; each side is 1 to "
                    + LARGEST_SIDE + " pixels");
        }
        if (input.getMean().size() != channels || input.getStd().size() != channels) {
            throw manifest("input has " + input.getMean().size() + " means and "
                    + input.getStd().size() + " deviations for " + channels + " channels");
        }
        if (!input.getMean().stream().allMatch(Float::isFinite)
                || !input.getStd().stream().allMatch(std -> Float.isFinite(std) && std > 0)) {
            throw manifest(
                    "input.mean " + input.getMean() + " must be finite and input.std " + input.getStd() + " above 0");
        }
    }

    private static void checkArchive(ModelArchive described, byte[] archive) throws ModelRefusedException {
        if (!described.getFormat().equals(TORCHSCRIPT)) {
            throw new ModelRefusedException(
                    Reason.UNKNOWN_FORMAT,
                    "the archive's format is " + described.getFormat() + "; this release loads " + TORCHSCRIPT);
        }
        if (described.getSizeBytes() != archive.length) {
            throw new ModelRefusedException(
                    Reason.ARCHIVE_SIZE,
                    "the archive has " + archive.length + " bytes where the manifest says " + described.getSizeBytes());
        }
        String sha256 = Sha256.hex(archive);
        if (!sha256.equalsIgnoreCase(described.getSha256())) {
            throw new ModelRefusedException(
                    Reason.ARCHIVE_SHA256,
                    "the archive's SHA-256 is " + sha256 + " where the manifest says " + described.getSha256());
        }
    }

    private static void checkLabels(List<String> labels) throws ModelRefusedException {
        if (labels.isEmpty()) {
            throw manifest("there are no labels");
        }
        Set<String> seen = new HashSet<>();
        for (String label : labels) {
            if (label.isBlank() || !seen.add(label)) {
                throw manifest("labels must be unique and not blank, and '" + label + "' is not");
            }
        }
    }

    private static void checkGolden(GoldenBatch golden, ModelInput input, int labels) throws ModelRefusedException {
        int images = golden.getImages().size();
        if (images == 0 || golden.getProbabilities().size() != images) {
            throw manifest("the golden batch has " + images + " images and "
                    + golden.getProbabilities().size() + " answers; it needs as many of both, at least one");
        }
        int size = input.getChannels() * input.getHeight() * input.getWidth();
        for (ByteBuffer image : golden.getImages()) {
            if (image.remaining() != size) {
                throw manifest("a golden image has " + image.remaining() + " bytes; the input has " + size);
            }
        }
        for (List<Float> answer : golden.getProbabilities()) {
            if (answer.size() != labels) {
                throw manifest("a golden answer has " + answer.size() + " probabilities for " + labels + " labels");
            }
        }
        if (!(golden.getTolerance() > 0 && golden.getTolerance() < 1)) {
            throw manifest("the golden batch's tolerance is " + golden.getTolerance() + "; it is between 0 and 1");
        }
    }

    private static boolean isSide(int pixels) {
        return pixels >= 1 && pixels <= LARGEST_SIDE;
    }

    private static ModelRefusedException manifest(String sentence) {
        return new ModelRefusedException(Reason.MANIFEST, "the manifest is wrong: " + sentence);
    }
}
