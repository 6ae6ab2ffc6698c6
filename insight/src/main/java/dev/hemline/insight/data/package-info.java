/** The images that commands work on: Fashion-MNIST, a set like it, or a folder of pictures per class. */
package dev.hemline.insight.data;
