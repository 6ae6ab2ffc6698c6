/** What was found to be wrong with what serves, and what came of it: {@code hemline episodes}. */
package dev.hemline.control.episodes;
