/** An independent count of what became of every event, which asks no app. */
package dev.hemline.chaos.check;
