/** Charts as inline SVG whose colours follow the page's. */
package dev.hemline.insight.chart;
