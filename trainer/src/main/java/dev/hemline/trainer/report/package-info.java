/** {@code hemline report}: one training, told on one page. */
@NullMarked
package dev.hemline.trainer.report;

import org.jspecify.annotations.NullMarked;
