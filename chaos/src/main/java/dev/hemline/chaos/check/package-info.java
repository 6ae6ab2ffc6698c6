/** An independent count of what became of every event, which asks no app. */
@NullMarked
package dev.hemline.chaos.check;

import org.jspecify.annotations.NullMarked;
