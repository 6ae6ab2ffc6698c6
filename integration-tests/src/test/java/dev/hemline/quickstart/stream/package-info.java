/** The whole stream on a real broker: real images, real networks, nothing faked. */
package dev.hemline.quickstart.stream;
