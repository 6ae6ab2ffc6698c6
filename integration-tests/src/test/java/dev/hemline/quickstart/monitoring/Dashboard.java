package dev.hemline.quickstart.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard as Grafana reads it. */
record Dashboard(Path file, JsonNode json) {
    /** A query, by the panel that asks it. */
    record Query(String dashboard, String panel, String ref, String expression) {
        String name() {
            return dashboard + ": " + panel + " (" + ref + ")";
        }
    }

    static List<Dashboard> all() throws IOException {
        List<Dashboard> all = new ArrayList<>();
        for (Path file : RepositoryFiles.in(RepositoryFiles.GRAFANA.resolve("dashboards"), ".json")) {
            all.add(new Dashboard(file, RepositoryFiles.JSON.readTree(file.toFile())));
        }
        return all;
    }

    String title() {
        return json.path("title").asText();
    }

    /** Rows are not among them. */
    List<JsonNode> panels() {
        return elements("panels")
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    List<JsonNode> variables() {
        return StreamSupport.stream(json.at("/templating/list").spliterator(), false)
                .toList();
    }

    List<JsonNode> annotations() {
        return StreamSupport.stream(json.at("/annotations/list").spliterator(), false)
                .toList();
    }

    Stream<JsonNode> elements(String field) {
        return StreamSupport.stream(json.path(field).spliterator(), false);
    }

    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(
                        title(),
                        panel.path("title").asText(),
                        target.path("refId").asText(),
                        target.path("expr").asText()));
            }
        }
        return queries;
    }

    @Override
    public String toString() {
        return title();
    }
}
