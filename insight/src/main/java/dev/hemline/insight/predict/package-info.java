/** {@code hemline predict}: what a model says about single pictures. */
@NullMarked
package dev.hemline.insight.predict;

import org.jspecify.annotations.NullMarked;
