/** What the projects of {@code src/it} and {@code src/plain} print, and what README says of them. */
@org.jspecify.annotations.NullMarked
package dev.tilesmith.builds;
