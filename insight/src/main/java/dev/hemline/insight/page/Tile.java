package dev.hemline.insight.page;

/**
 * A figure that stands at the top of a page, in the names of {@code top.html}.
 *
 * @param value as a reader sees it
 * @param name what it is of
 */
public record Tile(String value, String name) {}
