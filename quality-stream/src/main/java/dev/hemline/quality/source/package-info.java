/** Which sources are told apart, and what results and labels say of each of them: bounded, whoever names sources. */
package dev.hemline.quality.source;
