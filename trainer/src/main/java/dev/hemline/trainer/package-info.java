/** The trainer: trains a network and publishes it as versions of a model whenever it has become better. */
package dev.hemline.trainer;
