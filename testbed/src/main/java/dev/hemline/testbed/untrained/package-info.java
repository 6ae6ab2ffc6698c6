/** Models for tests and measurements, which need many and need none to be right. */
package dev.hemline.testbed.untrained;
