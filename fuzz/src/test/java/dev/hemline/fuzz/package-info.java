/** What any reader of foreign bytes is held to, and bytes to hold it to that. */
package dev.hemline.fuzz;
