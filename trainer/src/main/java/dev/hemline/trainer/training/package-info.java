/** Trains a network on labelled images. The only package besides the model module that knows DJL. */
@NullMarked
package dev.hemline.trainer.training;

import org.jspecify.annotations.NullMarked;
