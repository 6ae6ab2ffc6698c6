/** Whose labels are believed, and a person's word about it: {@code hemline labellers}. */
package dev.hemline.control.labellers;
