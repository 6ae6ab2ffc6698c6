package dev.hemline.quality.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.WriterSchemas;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelNamesTest {
    private final SigningKey key = SigningKey.generate();
    private final TestManifests manifests = new TestManifests();

    @Test
    void shouldNameClassesByManifestsThatCountOnly() {
        // Given a version that is signed, one that is not, and one under another's key
        put(1, key.sign(manifest(1)));
        put(2, manifest(2));
        put(3, key.sign(manifest(1)));

        // When names are asked for with keys, and without
        var keyed = new LabelNames(manifests::store, Optional.of(TrustedKeys.of(key.trustedKey())), WriterSchemas.NONE);
        var open = new LabelNames(manifests::store);

        // Then
        assertThat(keyed.of(version(1))).contains(List.of("shirt", "bag"));
        assertThat(keyed.of(version(2))).contains(List.of());
        assertThat(keyed.of(version(3))).contains(List.of());
        assertThat(open.of(version(2))).contains(List.of("shirt", "bag"));
        assertThat(open.of(version(3))).contains(List.of());
    }

    @Test
    void shouldLookAgainOnceAnotherManifestStandsThere() {
        put(1, manifest(1));
        var keyed = new LabelNames(manifests::store, Optional.of(TrustedKeys.of(key.trustedKey())), WriterSchemas.NONE);
        assertThat(keyed.of(version(1))).contains(List.of());
        assertThat(keyed.of(version(1))).contains(List.of());

        put(1, key.sign(manifest(1)));

        assertThat(keyed.of(version(1))).contains(List.of("shirt", "bag"));
    }

    private static ModelKey.Manifest version(int number) {
        return new ModelKey.Manifest("m", number);
    }

    private void put(int number, ModelManifest manifest) {
        manifests.put(version(number), manifest);
    }

    private static ModelManifest manifest(int number) {
        return TestManifests.manifest(number).build();
    }
}
