/** Models for tests and measurements, which need many and need none to be right. */
@NullMarked
package dev.hemline.testbed.untrained;

import org.jspecify.annotations.NullMarked;
