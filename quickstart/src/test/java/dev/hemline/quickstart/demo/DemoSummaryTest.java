package dev.hemline.quickstart.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.quickstart.demo.live.LiveStatus.PublishedModel;
import dev.hemline.quickstart.demo.live.LiveStatus.Quantiles;
import dev.hemline.quickstart.demo.live.LiveView;
import dev.hemline.service.JsonFile;
import dev.hemline.service.UserError;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.AuditReport.VersionCounts;
import dev.hemline.testbed.audit.ScoreCheck;
import dev.hemline.testbed.audit.ScoreCheck.Cell;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSummaryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private final AuditReport audit = new AuditReport(
            1010,
            1000,
            10,
            0,
            0,
            0,
            new TreeMap<>(Map.of(2, new VersionCounts(400, 400, 300), 3, new VersionCounts(600, 0, 0))),
            Duration.ofSeconds(9),
            new ScoreCheck(
                    Map.of(new Cell(2, 1, 1), 300L, new Cell(2, 1, 0), 100L),
                    Map.of(new Cell(2, 1, 1), 300L, new Cell(2, 1, 0), 100L)));

    private final LiveView.History history = new LiveView.History(
            new TreeMap<>(Map.of(
                    1, new PublishedModel(1, 0.5, NOON.minusSeconds(9000)),
                    2, new PublishedModel(2, 0.7, NOON.minusSeconds(8000)),
                    3, new PublishedModel(3, 0.8, NOON.plusSeconds(30)),
                    4, new PublishedModel(4, 0.9, NOON.plusSeconds(40)))),
            new TreeMap<>(Map.of(2, NOON.plusSeconds(10), 3, NOON.plusSeconds(31))),
            Optional.of(new Quantiles(14, 90)),
            Optional.of(NOON.plusMillis(10_500)));

    private final DemoSummary summary = DemoSummary.of(
            audit,
            new DriftTold.Summary(
                    List.of(new DriftTold.Alarm(
                            3, "warehouse-3", "pictures", "live", "event-7", NOON, 120, 0.8, NOON.plusSeconds(2))),
                    0),
            List.of(new ExperimentDecision(
                    "fashion-mnist",
                    3,
                    2,
                    ExperimentPhase.TRIAL,
                    ExperimentOutcome.PROMOTED,
                    ExperimentReason.BETTER,
                    null,
                    3.2,
                    0.05,
                    0d,
                    0.1,
                    40L,
                    9L,
                    1_151L,
                    List.of(),
                    List.of(),
                    List.of(),
                    NOON.plusSeconds(3))),
            null,
            history,
            NOON,
            NOON.plusSeconds(5));

    @Test
    void shouldTellOfVersionsThatAnsweredOrWerePublishedMeanwhile() {
        assertThat(summary.models()).extracting(DemoSummary.Model::version).containsExactly(2, 3, 4);
    }

    @Test
    void shouldLeaveOpenWhatIsNotKnown() {
        assertThat(summary.models()).extracting(DemoSummary.Model::liveAccuracy).containsExactly(0.75, null, null);
        assertThat(summary.models().get(2).firstUsedAt()).isNull();
    }

    @Test
    void shouldWriteTheFieldsThatScriptsReadAsJson() throws Exception {
        Path file = folder.resolve("summary.json");

        JsonFile.write(summary, file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "sent",
                        "classified",
                        "rejected",
                        "missing",
                        "duplicated",
                        "scored",
                        "recounted",
                        "scoresMatchRecount",
                        "drift",
                        "decisions",
                        "models",
                        "throughput",
                        "latencyMs",
                        "firstResultSeconds");
        assertThat(json.at("/drift/alarms/0/kind").asText()).isEqualTo("pictures");
        assertThat(json.at("/drift/alarms/0/onsetId").asText()).isEqualTo("event-7");
        assertThat(json.at("/drift/alarms/0/delayEvents").asLong()).isEqualTo(120);
        assertThat(json.at("/decisions/0/outcome").asText()).isEqualTo("promoted");
        assertThat(json.at("/decisions/0/wins").asLong()).isEqualTo(40);
        assertThat(json.at("/sent").asLong()).isEqualTo(1010);
        assertThat(json.at("/throughput").asDouble()).isEqualTo(111.0);
        assertThat(json.at("/latencyMs/p99").asLong()).isEqualTo(90);
        assertThat(json.at("/firstResultSeconds").asDouble()).isEqualTo(10.5);
        assertThat(json.at("/models/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "version",
                        "validationAccuracy",
                        "publishedAt",
                        "firstUsedAt",
                        "classified",
                        "liveAccuracy",
                        "recountedAccuracy");
        assertThat(json.at("/scored").asLong()).isEqualTo(400);
        assertThat(json.at("/scoresMatchRecount").asBoolean()).isTrue();
        assertThat(json.at("/models/1/publishedAt").asText()).isEqualTo("2026-03-01T12:00:30Z");
        assertThat(json.at("/models/2/firstUsedAt").isNull()).isTrue();
    }

    @Test
    void shouldTellAPersonTheSame() {
        assertThat(summary.lines(ZoneOffset.UTC))
                .anySatisfy(line ->
                        assertThat(line).contains("1,010 sent: 1,000 classified, 10 rejected, 0 missing, 0 duplicated"))
                .anySatisfy(line ->
                        assertThat(line).contains("first result after 10.5 s").contains("p99 90 ms"))
                .anySatisfy(
                        line -> assertThat(line).contains("400 results scored by late labels, as a recount has them"))
                .anySatisfy(line -> assertThat(line)
                        .contains("pictures of source warehouse-3 changed at 12:00:00, told after 120 results of v3"))
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "v3 against v2: promoted at 12:00:03, better (1,200 labels, 40 won, 9 lost, e-value 24.5)"))
                .anySatisfy(
                        line -> assertThat(line).containsSubsequence("v3", "12:00:30", "80.0 %", "12:00:31", "600"));
    }

    @Test
    void shouldRefuseAFileThatCannotBeWrittenLater() {
        assertThatThrownBy(() -> JsonFile.requireWritable(folder.resolve("missing/summary.json")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("summary.json cannot be written; choose another");
        assertThatThrownBy(() -> JsonFile.requireWritable(folder)).isInstanceOf(UserError.class);
    }
}
