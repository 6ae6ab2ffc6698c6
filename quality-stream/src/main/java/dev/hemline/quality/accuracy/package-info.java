/** How often each version was right, asked of all instances that have a part of the scores. */
package dev.hemline.quality.accuracy;
