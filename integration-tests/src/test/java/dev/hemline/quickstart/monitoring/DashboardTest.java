package dev.hemline.quickstart.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a dashboard readable, and what Grafana would forgive in silence. */
class DashboardTest {
    private static final int COLUMNS = 24;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");

    static Stream<Dashboard> dashboards() throws IOException {
        return Dashboard.all().stream();
    }

    @Test
    void shouldKeepTheAddressesThatPeopleBookmark() throws IOException {
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.json().path("uid").asText())
                .containsExactly("hemline-model-quality", "hemline-runtime", "hemline-stream");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldExplainEveryPanelAndNameItsUnit(Dashboard dashboard) {
        assertThat(dashboard.json().path("description").asText()).isNotBlank();
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText())
                    .hasSizeGreaterThan(30)
                    .endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldGiveEveryQueryALanguageAndASource(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            Set<String> refs = new HashSet<>();
            assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(refs.add(target.path("refId").asText())).isTrue();
                assertThat(target.path("expr").asText()).isNotBlank();
                assertThat(target.at("/datasource/type").asText()).isEqualTo("prometheus");
                assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            });
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldUseNoVariableThatItDoesNotHave(Dashboard dashboard) {
        List<String> known = new ArrayList<>(
                dashboard.variables().stream().map(v -> v.path("name").asText()).toList());

        Matcher used = VARIABLE.matcher(dashboard.json().toString());
        Set<String> names = new HashSet<>();
        while (used.find()) {
            names.add(used.group(1));
        }

        assertThat(names).containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldLayPanelsBesideEachOtherAndNotOnTop(Dashboard dashboard) {
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        assertThat(dashboard.elements("panels").toList()).allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(cells(panel))
                    .isNotEmpty()
                    .allSatisfy(cell -> assertThat(taken.add(cell)).as(cell).isTrue());
        });
    }

    private static List<String> cells(JsonNode panel) {
        JsonNode place = panel.path("gridPos");
        int right = place.path("x").asInt() + place.path("w").asInt();
        assertThat(right).isLessThanOrEqualTo(COLUMNS);
        List<String> cells = new ArrayList<>();
        for (int x = place.path("x").asInt(); x < right; x++) {
            for (int y = 0; y < place.path("h").asInt(); y++) {
                cells.add("column " + x + ", line " + (place.path("y").asInt() + y));
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldLeadToTheOtherDashboards(Dashboard dashboard) throws IOException {
        List<String> tags = new ArrayList<>();
        dashboard.json().at("/links/0/tags").forEach(tag -> tags.add(tag.asText()));

        assertThat(dashboard.json().at("/links/0/type").asText()).isEqualTo("dashboards");
        assertThat(tags).isNotEmpty();
        assertThat(dashboards()).allSatisfy(other -> {
            List<String> theirs = new ArrayList<>();
            other.json().path("tags").forEach(tag -> theirs.add(tag.asText()));
            assertThat(theirs).containsAll(tags);
        });
    }

    @Test
    void shouldBeFoundByGrafanaUnderTheNameOfItsDataSource() throws IOException {
        JsonNode source = RepositoryFiles.yaml(
                        RepositoryFiles.GRAFANA.resolve("provisioning/datasources/prometheus.yml"))
                .at("/datasources/0");
        JsonNode provider = RepositoryFiles.yaml(RepositoryFiles.GRAFANA.resolve("provisioning/dashboards/hemline.yml"))
                .at("/providers/0");

        assertThat(provider.path("type").asText()).isEqualTo("file");
        assertThat(dashboards()).allSatisfy(dashboard -> {
            JsonNode chosen = dashboard.variables().get(0);
            assertThat(chosen.path("type").asText()).isEqualTo("datasource");
            assertThat(chosen.at("/current/value").asText())
                    .isEqualTo(source.path("uid").asText());
            assertThat(chosen.at("/current/text").asText())
                    .isEqualTo(source.path("name").asText());
        });
    }
}
