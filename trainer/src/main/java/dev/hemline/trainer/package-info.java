/** The trainer: trains a network and publishes it as versions of a model whenever it has become better. */
@NullMarked
package dev.hemline.trainer;

import org.jspecify.annotations.NullMarked;
