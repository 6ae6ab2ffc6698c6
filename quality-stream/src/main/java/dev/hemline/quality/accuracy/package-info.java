/** How often each version was right, asked of all instances that have a part of the scores. */
@NullMarked
package dev.hemline.quality.accuracy;

import org.jspecify.annotations.NullMarked;
