/** Trains a network on labelled images. The only package besides the model module that knows DJL. */
package dev.hemline.trainer.training;
