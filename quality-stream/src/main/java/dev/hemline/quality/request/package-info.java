/** Asks for labels, some by lot and some where the model is unsure, and estimates accuracy from those that were drawn by lot. */
package dev.hemline.quality.request;
