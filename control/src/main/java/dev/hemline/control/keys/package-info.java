/** {@code hemline keys}: the keys that models are signed with. */
package dev.hemline.control.keys;
