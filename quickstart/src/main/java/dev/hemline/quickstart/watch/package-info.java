/** Prints results as they arrive. */
package dev.hemline.quickstart.watch;
