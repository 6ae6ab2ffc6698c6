/** What figures about a classifier are worth. */
@NullMarked
package dev.hemline.model.evaluation;

import org.jspecify.annotations.NullMarked;
