package dev.hemline.quickstart.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an app's {@code /metrics} says. */
record Scrape(String text) {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Set<String> EVERYWHERE = Set.of("application", "le");

    static Scrape of(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                .build();
        return new Scrape(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    /** Every series that is ours; the gauge of a histogram's largest value belongs to the histogram. */
    List<Series> ours() {
        Map<String, String> types = types();
        Map<String, Set<String>> labels = labels();
        List<Series> ours = new ArrayList<>();
        types.forEach((name, type) -> {
            boolean isLargest = name.endsWith("_max")
                    && "histogram".equals(types.get(name.substring(0, name.length() - "_max".length())));
            if (name.startsWith("hemline_") && !isLargest) {
                String sample = type.equals("histogram") ? name + "_count" : name;
                ours.add(new Series(name, type, labels.getOrDefault(sample, Set.of())));
            }
        });
        return ours;
    }

    boolean has(String name) {
        return labels().containsKey(name);
    }

    private Map<String, String> types() {
        Map<String, String> types = new TreeMap<>();
        Matcher type = TYPE.matcher(text);
        while (type.find()) {
            types.put(type.group(1), type.group(2));
        }
        return types;
    }

    private Map<String, Set<String>> labels() {
        Map<String, Set<String>> labels = new HashMap<>();
        text.lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> {
            Set<String> names = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                if (!EVERYWHERE.contains(label.group(1))) {
                    names.add(label.group(1));
                }
            }
        });
        return labels;
    }
}
