package dev.hemline.quickstart.metrics;

import java.util.Set;
import java.util.TreeSet;

/**
 * One series by Prometheus' text format or by the docs.
 *
 * @param labels without those that every series of its kind has
 */
record Series(String name, String type, Set<String> labels) {
    Series {
        labels = new TreeSet<>(labels);
    }
}
