/** {@code hemline evaluate}: what a model is worth, in figures. */
@NullMarked
package dev.hemline.insight.evaluate;

import org.jspecify.annotations.NullMarked;
