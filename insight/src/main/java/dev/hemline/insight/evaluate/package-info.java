/** {@code hemline evaluate}: what a model is worth, in figures. */
package dev.hemline.insight.evaluate;
