/** How a running stream looks on a terminal, and in a log file. */
package dev.hemline.quickstart.demo.screen;
