/** The whole stream under attack, and what became of every event. */
@NullMarked
package dev.hemline.chaos;

import org.jspecify.annotations.NullMarked;
