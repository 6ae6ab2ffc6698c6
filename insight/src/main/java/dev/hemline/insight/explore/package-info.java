/** {@code hemline explore}: what a dataset holds, on one page. */
@NullMarked
package dev.hemline.insight.explore;

import org.jspecify.annotations.NullMarked;
