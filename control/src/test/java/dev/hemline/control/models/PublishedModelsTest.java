package dev.hemline.control.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishedModelsTest {
    private final Topic topic = new Topic();

    @Test
    void shouldKnowWhatStandsOnTheTopicInTheEnd() {
        topic.version("clothes", 1).version("clothes", 2).version("clothes", 3).alias("clothes", "serving", 2);
        topic.put("clothes/v000001", null).put("clothes/v000001/chunk-0000", null);
        topic.put("no key of ours", new byte[0]);

        PublishedVersions model = topic.choose(Optional.of("clothes"));

        assertThat(model.newestFirst())
                .extracting(version -> version.manifest().getVersion())
                .containsExactly(3, 2);
        assertThat(PublishedModels.require(model, 3).chunkKeys()).containsExactly("clothes/v000003/chunk-0000");
        assertThat(model.pin().map(ModelAlias::getVersion)).contains(2);
        assertThat(model.isPinned(2)).isTrue();
        assertThat(model.isPinned(3)).isFalse();
    }

    @Test
    void shouldRememberTheHighestNumberWhenItsRecordsAreGone() {
        topic.version("clothes", 1).alias("clothes", "last-version", 9);

        assertThat(topic.choose(Optional.empty()).highest()).isEqualTo(9);
    }

    @Test
    void shouldMeanTheModelPublishedLastWhenNoneIsNamed() {
        topic.version("old", 1).version("new", 7);

        assertThat(topic.choose(Optional.empty()).name()).isEqualTo("new");
    }

    @Test
    void shouldMeanTheModelAndVersionThatClassifiersServeWhenNoneIsNamed() {
        topic.version("clothes", 1).version("clothes", 2).version("new", 7);
        InstanceReports reports = new InstanceReports(
                List.of(
                        serves("hemline", "new", 7, 1),
                        serves("hemline", "clothes", 1, 2),
                        serves("other", "gone", 1, 3)),
                0);

        PublishedVersions model = Topic.models().choose(topic.catalog(), reports, Optional.empty());

        assertThat(model.name()).isEqualTo("clothes");
        assertThat(PublishedModels.serving(model, reports).getVersion()).isEqualTo(1);
    }

    @Test
    void shouldAskWhichIsMeantWhenApplicationsServeDifferentModels() {
        topic.version("clothes", 1).version("new", 7);
        InstanceReports reports =
                new InstanceReports(List.of(serves("a", "new", 7, 1), serves("b", "clothes", 1, 2)), 0);

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Topic.models().choose(topic.catalog(), reports, Optional.empty()))
                .withMessage("Classifiers serve different models: new (application id a), clothes (application id b);"
                        + " name the one that is meant");
        assertThat(Topic.models()
                        .choose(topic.catalog(), reports, Optional.of("new"))
                        .name())
                .isEqualTo("new");
    }

    private static ModelStatus serves(String application, String model, int version, int since) {
        Instant at = Instant.ofEpochSecond(since);
        return new ModelStatus(application, "host", model, version, ModelState.SERVING, "", "", at, at);
    }

    @Test
    void shouldSayWhatThereIsWhenSomethingIsNotThere() {
        topic.version("clothes", 1).version("clothes", 2);
        topic.put("clothes/v000002", null);
        ModelCatalog catalog = topic.catalog();

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Topic.models().choose(catalog, InstanceReports.NONE, Optional.of("shoes")))
                .withMessage("There is no model shoes on topic models; there is: clothes");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> PublishedModels.require(topic.choose(Optional.empty()), 2))
                .withMessage("There is no v2 of clothes; there are v1, and v2 was retired");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> new Topic().choose(Optional.empty()))
                .withMessageContaining("There is no model on topic models yet");
    }
}
