/** What a reader of the topics sees of a running stream. */
package dev.hemline.quickstart.demo.live;
