package dev.hemline.quickstart.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a dashboard's variables stand for, found out as Grafana does when somebody opens it. */
final class Choice {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final int NUMBERS_DESCENDING = 4;

    private final Map<String, String> values = new LinkedHashMap<>(Map.of(
            // Grafana: four times the scrape interval at least; here the whole minute, for machines with little time.
            "__rate_interval", "1m", "__range", "5m", "__interval", "15s"));

    private Choice() {}

    /** @throws AssertionError if a variable has nothing to choose from yet */
    static Choice of(Dashboard dashboard, PrometheusServer prometheus) {
        var choice = new Choice();
        for (JsonNode variable : dashboard.variables()) {
            if (variable.path("type").asText().equals("query")) {
                choice.choose(dashboard, variable, prometheus);
            }
        }
        return choice;
    }

    private void choose(Dashboard dashboard, JsonNode variable, PrometheusServer prometheus) {
        String name = variable.path("name").asText();
        Matcher question = LABEL_VALUES.matcher(variable.at("/query/query").asText());
        if (!question.matches()) {
            throw new AssertionError(dashboard + ": variable " + name + " asks what this test does not know");
        }
        List<String> found = new ArrayList<>();
        prometheus.labelValues(question.group(2), in(question.group(1))).forEach(value -> found.add(value.asText()));
        if (found.isEmpty()) {
            throw new AssertionError(dashboard + ": variable " + name + " has nothing to choose from");
        }
        if (variable.path("sort").asInt() == NUMBERS_DESCENDING) {
            found.sort(Comparator.comparing(Integer::valueOf, Comparator.reverseOrder()));
        }
        boolean all = variable.path("includeAll").asBoolean();
        values.put(name, all ? "(" + String.join("|", found) + ")" : found.get(0));
    }

    /** A query with the choice in place of the variables. */
    String in(String expression) {
        String filled = expression;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("$" + value.getKey(), value.getValue());
        }
        return filled;
    }
}
