/** Counts from outside whether every event got exactly one outcome. */
package dev.hemline.testbed.audit;
