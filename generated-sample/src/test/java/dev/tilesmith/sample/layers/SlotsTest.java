package dev.tilesmith.sample.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sample.layers.Slots.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void slotsThatAreTakenDoNotOverlap() {
        final Random random = new Random(1);
        final Slots slots = new Slots();
        final List<Slot> taken = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            if (random.nextBoolean() && !taken.isEmpty()) {
                slots.giveBack(taken.remove(random.nextInt(taken.size())));
            } else {
                final Slot slot = slots.take(random.nextInt(1000));
                assertTrue(slot.first() + slot.floats() <= slots.floats());
                taken.forEach(other -> assertTrue(
                        slot.first() + slot.floats() <= other.first() || other.first() + other.floats() <= slot.first(),
                        () -> slot + " and " + other));
                taken.add(slot);
            }
        }
    }

    @Test
    void whatIsGivenBackIsOnePieceAgain() {
        final Slots slots = new Slots();
        final List<Slot> taken = List.of(slots.take(16), slots.take(32), slots.take(48));
        slots.giveBack(taken.get(0));
        slots.giveBack(taken.get(2));
        slots.giveBack(taken.get(1));
        assertEquals(new Slot(0, 96), slots.take(96));
        assertEquals(96, slots.floats());
    }
}
