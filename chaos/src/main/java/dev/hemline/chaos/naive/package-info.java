/** A classifier that is wrong on purpose, for the check to find out. */
package dev.hemline.chaos.naive;
