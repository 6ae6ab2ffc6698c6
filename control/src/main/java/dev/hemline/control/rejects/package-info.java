/** Commands for dead letters: seeing what was rejected and why, and sending it back after a fix. */
package dev.hemline.control.rejects;
