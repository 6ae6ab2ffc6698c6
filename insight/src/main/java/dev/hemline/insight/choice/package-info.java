/** Which model a command is about: a file, a folder, or a published version. */
@NullMarked
package dev.hemline.insight.choice;

import org.jspecify.annotations.NullMarked;
