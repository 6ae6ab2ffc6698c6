/** Whether the docs tell of every right that programs need. */
package dev.hemline.quickstart.doors;
