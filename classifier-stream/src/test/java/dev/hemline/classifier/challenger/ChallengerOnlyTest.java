package dev.hemline.classifier.challenger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.FakeModel;
import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChallengerOnlyTest {
    private @Nullable Integer challenger;

    private final ModelStore three = new ModelStore() {
        @Override
        public List<ModelManifest> newestFirst() {
            return Stream.of(3, 2, 1).map(ChallengerOnlyTest::version).toList();
        }

        @Override
        public Optional<Integer> pinned(String name) {
            return Optional.of(1);
        }

        @Override
        public Optional<Integer> challenger(String name) {
            return Optional.ofNullable(challenger).filter(version -> name.equals("m"));
        }

        @Override
        public byte[] archive(ModelManifest manifest) {
            return new byte[] {(byte) manifest.getVersion()};
        }
    };

    private static ModelManifest version(int version) {
        return FakeModel.manifest("m", version);
    }

    @Test
    void shouldHaveTheNamedVersionAndNoPin() throws Exception {
        challenger = 2;
        var store = new ChallengerOnly(three);

        assertThat(store.candidates(store.newestFirst()))
                .extracting(ModelManifest::getVersion)
                .containsExactly(2);
        assertThat(store.newestFirst()).as("so that none is changed unseen").hasSize(3);
        assertThat(store.pinned("m")).isEmpty();
        assertThat(store.archive(version(2))).containsExactly(2);
    }

    @Test
    void shouldHaveNothingWhereNoneIsNamedOrItIsGone() {
        var store = new ChallengerOnly(three);
        assertThat(store.candidates(store.newestFirst())).isEmpty();

        challenger = 7;

        assertThat(store.candidates(store.newestFirst())).isEmpty();
    }
}
