/** A browser without a window, for tests of pages: started by tests alone, and spoken to by the DevTools protocol. */
@NullMarked
package dev.tilesmith.sweep.report.browser;

import org.jspecify.annotations.NullMarked;
