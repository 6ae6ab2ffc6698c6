/** Charts as inline SVG whose colours follow the page's. */
@NullMarked
package dev.hemline.insight.chart;

import org.jspecify.annotations.NullMarked;
