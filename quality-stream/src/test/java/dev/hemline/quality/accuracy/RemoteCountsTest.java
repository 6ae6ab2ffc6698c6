package dev.hemline.quality.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.quality.source.SourceCounts;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.HttpToken;
import dev.hemline.service.HttpsKey;
import dev.hemline.service.JsonFile;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.Readiness;
import dev.hemline.service.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteCountsTest {
    private static final Span SPAN = new Span(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));

    @TempDir
    Path folder;

    private HttpSettings shared;
    private MonitoringServer instance;
    private String answer = "{\"3\":{\"total\":{},\"recent\":{}}}";

    @BeforeEach
    void startAnInstanceBehindTlsAndAToken() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "a password");
        shared = new HttpSettings(
                "localhost",
                0,
                Optional.of(new HttpToken("what-all-of-them-know")),
                Optional.of(new HttpsKey(certificate.keyStore(), certificate.password())));
        instance = MonitoringServer.start(
                shared,
                Metrics.registry("other"),
                Readiness.ALWAYS,
                config -> config.routes.get(RemoteCounts.PATH, context -> context.result(answer)));
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    private Map<Integer, PartitionCounts> counts(HttpSettings asked) {
        // The first TLS of a process may take a second by itself.
        return new RemoteCounts(asked, Duration.ofSeconds(30))
                .ask(new HostInfo("localhost", instance.port()), SPAN)
                .counts()
                .join();
    }

    @Test
    void shouldAskOtherInstancesWithTheTokenAndTheCertificateThatTheyShare() {
        assertThat(counts(shared)).containsOnlyKeys(3);
    }

    @Test
    void shouldReadWhatReleasesBeforeAndAfterThisOneAnswer() {
        assertThat(counts(shared).values()).singleElement().satisfies(none -> {
            assertThat(none.sources()).isNull();
            assertThat(none.confidences()).isNull();
        });

        answer =
                "{\"3\":{\"total\":{},\"recent\":{},\"confidences\":{\"m/v000001/confidence/7\":2},\"sources\":{\"m/v000001/a\":{\"results\":2,\"scored\":1,"
                        + "\"correct\":1,\"confidence\":1.5,\"more\":1}},\"more\":{}}}";
        assertThat(counts(shared).values()).singleElement().satisfies(counts -> {
            assertThat(counts.sources()).isEqualTo(Map.of("m/v000001/a", new SourceCounts(2, 1, 1, 1.5)));
            assertThat(counts.confidences()).isEqualTo(Map.of("m/v000001/confidence/7", 2L));
        });
    }

    @Test
    void shouldAnswerAsTheReleaseBeforeReadsIt() {
        var counts = new PartitionCounts(Map.of(), Map.of(), Map.of(), Map.of());

        assertThat(JsonFile.line(counts)).isEqualTo("{\"total\":{},\"recent\":{},\"confidences\":{},\"sources\":{}}");
        assertThat(JsonFile.line(counts.withoutSources())).isEqualTo("{\"total\":{},\"recent\":{}}");
    }

    @Test
    void shouldSayOfAnAddressThatIsNoneThatItIsThatInstancesMistake() {
        var asked = new RemoteCounts(shared).ask(new HostInfo("class_2", 9402), SPAN);

        assertThat(asked.name()).isEqualTo("class_2:9402");
        assertThatThrownBy(asked.counts()::join).hasMessageContaining("it advertises an address that is none");
    }

    @Test
    void shouldTakeNothingForACellThatIsNone() {
        assertThatThrownBy(() -> new PartitionCounts(Map.of("Odd Name/v000000/1/1", 1L), Map.of(), Map.of(), Map.of()))
                .hasMessageContaining("cell");
        assertThatThrownBy(() -> new PartitionCounts(Map.of("m/v000001/1/1", -1L), Map.of(), Map.of(), Map.of()))
                .hasMessageContaining("cell");
    }

    @Test
    void shouldTakeNothingForASourceThatIsNone() {
        assertThatThrownBy(() -> new PartitionCounts(Map.of(), Map.of(), Map.of(), Map.of("a", SourceCounts.NONE)))
                .hasMessageContaining("source");
    }

    @Test
    void shouldTakeNothingForResultsByConfidenceThatIsNone() {
        assertThatThrownBy(
                        () -> new PartitionCounts(Map.of(), Map.of(), Map.of("m/v000001/confidence/99", 1L), Map.of()))
                .hasMessageContaining("confidence");
    }

    @Test
    void shouldSayThatAnotherInstanceWantsAnotherToken() {
        var stranger =
                new HttpSettings("localhost", 0, Optional.of(new HttpToken("what-nobody-else-knows")), shared.key());

        assertThatThrownBy(() -> counts(stranger)).hasMessageContaining("status 401");
    }
}
