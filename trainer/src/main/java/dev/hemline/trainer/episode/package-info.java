/** Episodes: how it is noticed that what serves is wrong, and what becomes of it until it is right again. */
package dev.hemline.trainer.episode;
