package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.tune.Found.Giver;
import dev.tilesmith.tune.TuningProfile;

/**
 * A tuning profile that a table goes by.
 *
 * @param profile the profile
 * @param where where it is from: a file, a resource, a program, or Tilesmith
 * @param giver who gave it
 */
record Guide(TuningProfile profile, String where, Giver giver) {
    /** For people: where it is from, and how what it says is known. */
    String name() {
        return where + " (" + profile.source() + ")";
    }
}
