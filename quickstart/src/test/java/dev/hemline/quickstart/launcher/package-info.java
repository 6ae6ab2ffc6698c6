@NullMarked
package dev.hemline.quickstart.launcher;

import org.jspecify.annotations.NullMarked;
