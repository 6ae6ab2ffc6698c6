/** Which dataset a command is about. */
@NullMarked
package dev.hemline.insight.data;

import org.jspecify.annotations.NullMarked;
