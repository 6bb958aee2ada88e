package dev.tilesmith.processor.program;

/**
 * A register of an epilogue, written once for each row.
 *
 * @param role what it holds
 * @param step which of several values of that role: from 1 on; 0 if there is but one
 * @param type what its lanes hold
 * @param vector the vector of columns that it belongs to; {@link #OF_ROW} if all its lanes have one value of the row
 */
public record Register(Role role, int step, LaneType type, int vector) {
    /** The vector of what a row has but once. */
    public static final int OF_ROW = -1;

    /** The one value of its role. */
    public Register(Role role, LaneType type, int vector) {
        this(role, 0, type, vector);
    }

    /** Whether all lanes have one value of the row. */
    public boolean isOfRow() {
        return vector == OF_ROW;
    }

    @Override
    public String toString() {
        return role.variable() + (step == 0 ? "" : step + "of") + (isOfRow() ? "" : vector);
    }
}
