/** Labelled pictures of live traffic: how samples meet their labels, and which of them are kept to learn from. */
package dev.hemline.trainer.reservoir;
