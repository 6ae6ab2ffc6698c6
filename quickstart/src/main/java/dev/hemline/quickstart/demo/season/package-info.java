/** A demo in which pictures change and the system mends itself, and what is told of that. */
package dev.hemline.quickstart.demo.season;
