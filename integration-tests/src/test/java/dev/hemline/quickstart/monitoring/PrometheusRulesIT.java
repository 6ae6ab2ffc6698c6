package dev.hemline.quickstart.monitoring;

import static dev.hemline.quickstart.monitoring.RepositoryFiles.PROMETHEUS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus' own tool on what we give Prometheus, and whether nothing was left out. */
class PrometheusRulesIT {
    private static final Path ALERTS = PROMETHEUS.resolve("rules/alerts.yml");
    private static final Path RUNBOOK = RepositoryFiles.ROOT.resolve("docs/alerts.md");

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        Tool.Ran ran = Tool.promtool().run(PROMETHEUS, List.of(arguments));
        assertThat(ran.exitCode()).as(ran.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "demo.yml"})
    void shouldBeTakenByPrometheus(String config) throws Exception {
        promtool("check", "config", config);
    }

    static Stream<Path> ruleTests() throws IOException {
        return RepositoryFiles.in(PROMETHEUS.resolve("tests"), ".yml").stream();
    }

    @ParameterizedTest
    @MethodSource("ruleTests")
    void shouldFireAndStaySilentAsTested(Path test) throws Exception {
        promtool("test", "rules", PROMETHEUS.relativize(test).toString());
    }

    @Test
    void shouldTestThatEachAlertFiresAndThatItStaysSilent() throws IOException {
        assertThat(tested(expected -> !expected.isEmpty())).isEqualTo(alerts());
        assertThat(tested(JsonNode::isEmpty)).isEqualTo(alerts());
    }

    @Test
    void shouldTellForEachAlertWhatToDo() throws IOException {
        Set<String> headings = new TreeSet<>();
        for (String line : Files.readAllLines(RUNBOOK)) {
            if (line.startsWith("## ")) {
                headings.add("docs/alerts.md#" + line.substring(3).toLowerCase(Locale.ROOT));
            }
        }

        List<String> links = rules().map(
                        rule -> rule.path("annotations").path("runbook_url").asText())
                .toList();

        assertThat(new TreeSet<>(links)).isEqualTo(headings);
        assertThat(links).hasSize(alerts().size());
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
        });
    }

    private static Stream<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        RepositoryFiles.yaml(ALERTS)
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules.stream();
    }

    private static Set<String> alerts() throws IOException {
        Set<String> names = new TreeSet<>();
        rules().forEach(rule -> names.add(rule.path("alert").asText()));
        return names;
    }

    /** Alerts of which some test expects such alerts. */
    private static Set<String> tested(Predicate<JsonNode> expected) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : ruleTests().toList()) {
            for (JsonNode test : RepositoryFiles.yaml(file).path("tests")) {
                for (JsonNode alert : test.path("alert_rule_test")) {
                    if (expected.test(alert.path("exp_alerts"))) {
                        names.add(alert.path("alertname").asText());
                    }
                }
            }
        }
        return names;
    }
}
