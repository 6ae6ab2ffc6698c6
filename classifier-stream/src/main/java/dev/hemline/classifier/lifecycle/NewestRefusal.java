package dev.hemline.classifier.lifecycle;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers why the newest of the refused versions was refused, for those who wonder why nothing serves. */
public final class NewestRefusal implements ClassifierListener {
    private volatile @Nullable Refused newest;

    private record Refused(ModelManifest manifest, ModelRefusedException why) {}

    @Override
    public void refused(ModelManifest manifest, ModelRefusedException why) {
        Refused before = newest;
        if (before == null || before.manifest().getVersion() <= manifest.getVersion()) {
            newest = new Refused(manifest, why);
        }
    }

    /** For instance {@code fashion-mnist v3 was refused (unsigned): the manifest is not signed}; empty if none was. */
    public Optional<String> sentence() {
        return Optional.ofNullable(newest)
                .map(refused -> "%s v%d was refused (%s): %s"
                        .formatted(
                                refused.manifest().getName(),
                                refused.manifest().getVersion(),
                                refused.why().reason().code(),
                                refused.why().getMessage()));
    }
}
