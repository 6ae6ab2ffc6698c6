/** What a run found out, for people and for scripts. */
@NullMarked
package dev.hemline.quickstart.report;

import org.jspecify.annotations.NullMarked;
