package dev.hemline.control.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.JsonFile;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class VersionTextTest {
    private static final Instant NOW = Instant.ofEpochSecond(10_000);

    private final Topic topic = new Topic().version("m", 1).version("m", 2).alias("m", "serving", 1);
    private final List<ConsumerRecord<byte[], byte[]>> status = new ArrayList<>();

    private void says(String instance, int version, ModelState state, String reason, Instant at) {
        var event = new ModelStatus("app", instance, "m", version, state, reason, "off by 0.3", at, at);
        byte[] value = Topics.MODEL_STATUS.valueSerde().serializer().serialize("model-status", event);
        says("app/" + instance + "/" + state + version, value);
    }

    private void says(String key, byte[] value) {
        status.add(new ConsumerRecord<>("model-status", 0, 0, key.getBytes(UTF_8), value));
    }

    @Test
    void shouldCountReportsThatNoInstanceMade() {
        says("host-1", 1, ModelState.SERVING, "", NOW);
        byte[] good = status.get(0).value();
        says("app/another/SERVING1", good);
        says("app/host-3/SERVING1", new byte[] {1, 2, 3});
        status.add(new ConsumerRecord<>("model-status", 0, 0, null, good));
        says("host-2", 0, ModelState.SERVING, "", NOW);
        says("host-2", 2, ModelState.SERVING, "", Instant.ofEpochMilli(Long.MAX_VALUE));

        assertThat(rows().get(1).servingInstances()).containsExactly("host-1");
        assertThat(rows().get(0).servingInstances()).isEmpty();
        assertThat(InstanceReports.of(status, NOW, WriterSchemas.NONE).unreadable())
                .isEqualTo(5);
    }

    private List<VersionRow> rows() {
        PublishedVersions model = topic.choose(Optional.empty());
        return VersionRow.newestFirst(model, InstanceReports.of(status, NOW, WriterSchemas.NONE));
    }

    @Test
    void shouldShowWhatAPersonWantsToKnowOfEachVersion() {
        says("host-1", 1, ModelState.SERVING, "", NOW.minusSeconds(20));
        says("host-1", 2, ModelState.REFUSED, "golden-batch", NOW.minusSeconds(20));

        assertThat(new VersionText(ZoneOffset.UTC).table(rows()))
                .containsExactly(
                        "VERSION  TRAINED              ACCURACY (95 %)      SIZE      NETWORK  SIGNED WITH  STATE",
                        "v2       1970-01-01 00:33:20  91.23 % (90.4-92.0)  298.0 kB  tiny     -            refused by"
                                + " host-1: golden-batch",
                        "v1       1970-01-01 00:16:40  91.23 % (90.4-92.0)  298.0 kB  tiny     -            pinned;"
                                + " serving on host-1");
    }

    @Test
    void shouldHideInstancesThatWereNotHeardOfLately() {
        says("host-1", 1, ModelState.SERVING, "", NOW.minusSeconds(76));
        says("host-2", 1, ModelState.SERVING, "", NOW.minusSeconds(74));

        assertThat(rows().get(1).servingInstances()).containsExactly("host-2");
    }

    @Test
    void shouldWriteTheSameAsJson() {
        says("host-1", 2, ModelState.REFUSED, "golden-batch", NOW);
        PublishedVersions model = topic.choose(Optional.empty());

        assertThat(JsonFile.text(VersionRow.Listing.of(model, rows())).replaceAll("\\s", ""))
                .startsWith(
                        "{\"model\":\"m\",\"policy\":\"immediate\",\"pinned\":1,\"challenger\":null,\"canaryShare\":0.0,\"highestVersionEver\":2,\"versions\":[{\"version\":2,")
                .contains("\"low95\":0.904", "\"reason\":\"golden-batch\"", "\"signedWith\":null");
    }

    @Test
    void shouldFillAPageAboutOneVersion() {
        PublishedVersions model = topic.choose(Optional.empty());

        List<String> page = new VersionText(ZoneOffset.UTC).page(PublishedModels.require(model, 1), rows().get(1));

        assertThat(page)
                .contains(
                        "version                  m v1, pinned",
                        "archive                  torchscript, 298.0 kB, 1 of 1 chunks on the topic",
                        "input                    1 x 2 x 2, mean [0.5], deviation [0.25]",
                        "labels                   2: dark, light",
                        "training seed            1");
    }

    @Test
    void shouldReadVersionsHoweverPeopleWriteThem() throws Exception {
        assertThat(List.of("12", "v12", "v000012"))
                .allSatisfy(text -> assertThat(new ModelCommand.VersionNumber().convert(text))
                        .isEqualTo(12));
    }
}
