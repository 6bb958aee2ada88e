/**
 * What the machine code for Arm would take on CPUs that are not at hand: its inner loops, what they load and multiply,
 * and what llvm-mca says of them.
 *
 * <p>Imports the {@code Table} of {@code report}, and of the processor which formats and targets there are. The loops are
 * read from generated sources: what users get, and no concern of how it came about.
 */
@NullMarked
package dev.tilesmith.bench.model;

import org.jspecify.annotations.NullMarked;
