/** A model as two files, for people and places without a topic. */
@NullMarked
package dev.hemline.model.folder;

import org.jspecify.annotations.NullMarked;
