/** Whether labels can be believed: how those of each labeller agree with what is known otherwise. */
package dev.hemline.trainer.labeller;
