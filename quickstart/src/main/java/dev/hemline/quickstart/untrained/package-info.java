/** Models for tests and measurements, which need many and need none to be right. */
@NullMarked
package dev.hemline.quickstart.untrained;

import org.jspecify.annotations.NullMarked;
