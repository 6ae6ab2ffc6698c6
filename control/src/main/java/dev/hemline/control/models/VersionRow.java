package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a list says about one version; by these names in JSON too, where what is not known is null. */
record VersionRow(
        int version,
        Instant trainedAt,
        @Nullable Accuracy accuracy,
        long sizeBytes,
        String network,
        @Nullable String signedWith,
        boolean pinned,
        boolean challenger,
        List<String> servingInstances,
        List<Refusal> refusals) {

    /** @param low95 and {@code high95}: where it lies with 95 % confidence */
    record Accuracy(double share, double low95, double high95, int images, String split) {
        /** Null where nobody measured it, or it is no share. */
        static @Nullable Accuracy of(ModelEvaluation measured) {
            double share = measured.getAccuracy();
            if (measured.getImages() < 1 || !(share >= 0 && share <= 1)) {
                return null;
            }
            WilsonInterval interval = WilsonInterval.of(share, measured.getImages());
            return new Accuracy(share, interval.low(), interval.high(), measured.getImages(), measured.getSplit());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f %% (%.1f-%.1f)", 100 * share, 100 * low95, 100 * high95);
        }
    }

    record Refusal(String instance, String reason, String message) {}

    /** All versions of a model, for programs. */
    record Listing(
            String model,
            String policy,
            @Nullable Integer pinned,
            @Nullable Integer challenger,
            double canaryShare,
            int highestVersionEver,
            List<VersionRow> versions) {
        static Listing of(PublishedVersions model, List<VersionRow> rows) {
            Integer pinned = model.pin().map(ModelAlias::getVersion).orElse(null);
            Integer challenger = model.challenger().map(ModelAlias::getVersion).orElse(null);
            return new Listing(
                    model.name(),
                    ModelAdmin.code(model.servingPolicy()),
                    pinned,
                    challenger,
                    model.canaryShare(),
                    model.highest(),
                    rows);
        }
    }

    static List<VersionRow> newestFirst(PublishedVersions model, InstanceReports reports) {
        return model.newestFirst().stream()
                .map(version -> of(model, version, reports))
                .toList();
    }

    static VersionRow of(PublishedVersions model, PublishedVersion version, InstanceReports reports) {
        ModelManifest manifest = version.manifest();
        int number = manifest.getVersion();
        return new VersionRow(
                number,
                manifest.getCreatedAt(),
                Accuracy.of(manifest.getEvaluation()),
                manifest.getArchive().getSizeBytes(),
                manifest.getNetwork(),
                manifest.getSignature() == null ? null : manifest.getSignature().getKeyId(),
                model.isPinned(number),
                model.isChallenger(number),
                reports.of(ModelState.SERVING, model.name(), number).stream()
                        .map(ModelStatus::getInstance)
                        .toList(),
                reports.of(ModelState.REFUSED, model.name(), number).stream()
                        .map(status -> new Refusal(status.getInstance(), status.getReason(), status.getMessage()))
                        .toList());
    }
}
