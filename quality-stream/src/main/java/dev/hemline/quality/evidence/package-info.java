/** What e-values are reckoned with. */
package dev.hemline.quality.evidence;
