/**
 * What users tell a JVM of Tilesmith as it starts: its system properties. Not exported.
 *
 * <p>Imports nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.setting;

import org.jspecify.annotations.NullMarked;
