/** An experiment under attack: challengers beside champions, and a check of what they answered and what came of it. */
package dev.hemline.chaos.experiment;
