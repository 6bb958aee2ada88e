package dev.tilesmith.fuzz;

import dev.tilesmith.runtime.PackedFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must become of one problem. Whoever makes a problem says what is wrong with it, as it is made: then a call must
 * refuse it, and name one of these faults. Where nothing is wrong, nothing may be refused.
 */
final class Oracle {
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> doubts = new ArrayList<>();
    private final List<Watched> watched = new ArrayList<>();
    private final List<Watched> kept = new ArrayList<>();

    /**
     * What is wrong.
     *
     * @param argument what a refusal begins with
     * @param value what it states
     */
    private record Fault(String argument, String value) {
        boolean isNamedBy(String message) {
            return message.startsWith(argument + ":") && message.contains(value);
        }

        @Override
        public String toString() {
            return value.isEmpty() ? argument : argument + " (" + value + ")";
        }
    }

    /** What must be as it was. */
    @SuppressWarnings("ArrayRecordComponent") // made for one comparison and dropped
    private record Watched(String what, Operand operand, byte[] before) {
        void check() {
            if (!Arrays.equals(before, operand.image())) {
                throw new Finding(what + " was changed");
            }
        }
    }

    /** What an oracle judges. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /** A problem that must be refused, by this name and with this value. */
    void fault(String argument, Object value) {
        faults.add(new Fault(argument, value.toString()));
    }

    /** A problem that may be refused, if so by this name and with this value. */
    void doubt(String argument, Object value) {
        doubts.add(new Fault(argument, value.toString()));
    }

    /** Whether nothing was found wrong so far. */
    boolean isSound() {
        return faults.isEmpty();
    }

    /** Whether nothing was found wrong, nor in doubt. */
    boolean hasNoDoubt() {
        return faults.isEmpty() && doubts.isEmpty();
    }

    /** From now on a refusal must leave this operand as it is. */
    void watch(String what, Operand operand) {
        watched.add(new Watched(what, operand, operand.image()));
    }

    /** From now on every call must leave this operand as it is. */
    void keep(String what, Operand operand) {
        kept.add(new Watched(what, operand, operand.image()));
    }

    /**
     * Makes the call: a finding, unless it does what it must.
     *
     * @throws Crew.OwnException if the call says so of the caller's executor
     */
    void judge(Call call) {
        try {
            call.run();
            kept.forEach(Watched::check);
        } catch (IllegalArgumentException | PackedFileException e) {
            judgeRefusal(e);
            return;
        } catch (Crew.OwnException e) {
            throw e;
        } catch (Exception e) {
            throw new Finding("not a refusal: " + e, e);
        }
        if (!faults.isEmpty()) {
            throw new Finding("taken; expected to be refused for " + faults);
        }
    }

    private void judgeRefusal(Exception refusal) {
        final String message = String.valueOf(refusal.getMessage());
        if (refusal.getMessage() == null
                || Stream.concat(faults.stream(), doubts.stream()).noneMatch(fault -> fault.isNamedBy(message))) {
            throw new Finding(
                    "refused: '" + message + "'; what is wrong is " + faults + ", what may be " + doubts, refusal);
        }
        watched.forEach(Watched::check);
        kept.forEach(Watched::check);
    }
}
