/** How good a model is, and how sure one can be of that. */
@NullMarked
package dev.hemline.model.evaluation;

import org.jspecify.annotations.NullMarked;
