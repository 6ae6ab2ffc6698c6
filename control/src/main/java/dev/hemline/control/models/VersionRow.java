package dev.hemline.control.models;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import dev.hemline.event.ModelStatus;
import dev.hemline.model.evaluation.WilsonInterval;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a list says about one version. */
record VersionRow(
        int version,
        Instant trained,
        Optional<Accuracy> accuracy,
        long sizeBytes,
        String network,
        Optional<String> signedWith,
        boolean pinned,
        List<String> servingInstances,
        List<Refusal> refusals) {

    /** @param low and {@code high}: where it lies with 95 % confidence */
    record Accuracy(double share, double low, double high, int images, String split) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f %% (%.1f-%.1f)", 100 * share, 100 * low, 100 * high);
        }
    }

    record Refusal(String instance, String reason, String message) {}

    static VersionRow of(ModelVersions model, ModelVersion version, InstanceReports reports) {
        ModelManifest manifest = version.manifest();
        return new VersionRow(
                version.version(),
                manifest.getCreatedAt(),
                accuracy(manifest.getEvaluation()),
                manifest.getArchive().getSizeBytes(),
                manifest.getNetwork(),
                Optional.ofNullable(manifest.getSignature()).map(ModelSignature::getKeyId),
                model.isPinned(version.version()),
                reports.serving(model.name(), version.version()).stream()
                        .map(ModelStatus::getInstance)
                        .toList(),
                reports.refused(model.name(), version.version()).stream()
                        .map(status -> new Refusal(status.getInstance(), status.getReason(), status.getMessage()))
                        .toList());
    }

    /** Empty where nobody measured it. */
    static Optional<Accuracy> accuracy(ModelEvaluation evaluation) {
        if (evaluation.getImages() < 1) {
            return Optional.empty();
        }
        WilsonInterval interval = WilsonInterval.of(evaluation.getAccuracy(), evaluation.getImages());
        return Optional.of(new Accuracy(
                evaluation.getAccuracy(),
                interval.low(),
                interval.high(),
                evaluation.getImages(),
                evaluation.getSplit()));
    }
}
