package dev.hemline.page;

import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import dev.hemline.page.InstanceFigures.Refusal;
import dev.hemline.page.InstanceFigures.Swap;
import dev.hemline.service.Texts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest versions on topic {@code models} with their proof, and what this instance makes of them.
 *
 * @param serving the version that serves; null before the first
 * @param pinUnmet why the pin is not followed; null where all is well
 * @param labels names of the classes of the version that serves
 * @param all how many versions there are
 * @param versions newest first
 * @param swaps oldest first
 */
record ModelsView(
        @Nullable Integer serving,
        @Nullable String pinUnmet,
        List<String> labels,
        int all,
        List<Version> versions,
        List<Swap> swaps) {
    private static final int SHOWN = 12;
    private static final int SHA256_PREFIX = 12;
    /** It is told to every browser again every few seconds. */
    private static final int MAX_TEXT_CHARS = 200;

    /**
     * A version and its proof.
     *
     * @param at when it was made, in milliseconds since 1970
     * @param sha256 the first digits of its archive's
     * @param signedBy id of the key; null for nobody
     * @param accuracy as its maker measured it, 0 to 1
     * @param images that it was measured on
     * @param refused why it must not serve; null if it was not refused
     */
    record Version(
            String model,
            int version,
            long at,
            String network,
            String sha256,
            @Nullable String signedBy,
            double accuracy,
            int images,
            String split,
            boolean serving,
            boolean pinned,
            @Nullable Refusal refused) {}

    static ModelsView of(ModelStore store, Optional<ModelManifest> serving, InstanceFigures figures) {
        List<ModelManifest> manifests = store.newestFirst();
        Optional<Integer> pin = manifests.isEmpty()
                ? Optional.empty()
                : store.pinned(manifests.get(0).getName());
        List<ModelManifest> newest = manifests.subList(0, Math.min(SHOWN, manifests.size()));
        List<Version> versions = manifests.stream()
                .filter(one -> isShown(one, newest, serving, pin))
                .map(one -> version(one, serving, pin, figures))
                .toList();
        return new ModelsView(
                serving.map(ModelManifest::getVersion).orElse(null),
                figures.pinUnmet().orElse(null),
                serving.map(ModelManifest::getLabels).orElse(List.of()),
                manifests.size(),
                versions,
                figures.swaps());
    }

    /** The newest, and those that matter however old they are. */
    private static boolean isShown(
            ModelManifest one, List<ModelManifest> newest, Optional<ModelManifest> serving, Optional<Integer> pin) {
        return newest.contains(one)
                || serving.filter(one::equals).isPresent()
                || pin.filter(version -> one.getVersion() == version).isPresent();
    }

    private static Version version(
            ModelManifest one, Optional<ModelManifest> serving, Optional<Integer> pin, InstanceFigures figures) {
        ModelSignature signature = one.getSignature();
        String sha256 = one.getArchive().getSha256();
        return new Version(
                one.getName(),
                one.getVersion(),
                one.getCreatedAt().toEpochMilli(),
                Texts.printable(one.getNetwork(), MAX_TEXT_CHARS),
                sha256.substring(0, Math.min(SHA256_PREFIX, sha256.length())),
                signature == null ? null : Texts.printable(signature.getKeyId(), MAX_TEXT_CHARS),
                one.getEvaluation().getAccuracy(),
                one.getEvaluation().getImages(),
                Texts.printable(one.getEvaluation().getSplit(), MAX_TEXT_CHARS),
                serving.filter(one::equals).isPresent(),
                pin.filter(version -> one.getVersion() == version).isPresent(),
                figures.refusal(one).orElse(null));
    }
}
