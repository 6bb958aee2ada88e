/** Who may import whom among the packages that users depend on, as docs/architecture.md has it. */
@NullMarked
package dev.tilesmith.architecture;

import org.jspecify.annotations.NullMarked;
