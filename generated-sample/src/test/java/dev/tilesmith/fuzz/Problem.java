package dev.tilesmith.fuzz;

/** A kind of problems. */
@FunctionalInterface
interface Problem {
    /**
     * Makes a problem and gives it to Tilesmith.
     *
     * @throws Finding if what becomes of it is not right
     * @throws Exception if something else fails, which is a finding too
     */
    void solve(Draw draw) throws Exception;
}
