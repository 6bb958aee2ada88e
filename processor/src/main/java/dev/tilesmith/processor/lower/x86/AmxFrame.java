package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.CMOVA;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JLE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LDTILECFG;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.TILERELEASE;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_2;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.TileConfiguration;

/**
 * Earlier sums by tile registers, in a frame of the function on the stack: 16 rows or 32 are multiplied there, and then tiles of
 * vectors go on from that, a few rows at a time. Rows too few for tile registers are as many at a time too.
 *
 * <p>Tile registers are configured once in a call, and released before it ends; in calls that have rows for none, not at all.
 */
abstract class AmxFrame implements EarlierSums {
    static final int LINE = 64;

    private static final Gpr FRAME = Gpr.RSP;

    /** int64: the stack pointer that the function was entered with. */
    private static final Mem STACK = place(0);

    /** int64: rows that are multiplied, or are to be, and not yet finished. */
    static final Mem ROWS_LEFT = place(1);

    /** int64: the address of what the next row goes on from; 0 where a tile has nothing. */
    private static final Mem SUMS_AT = place(2);

    /** int64: the pointer to heights, whose register is lent to products. */
    static final Mem HEIGHTS = place(3);

    /** int64: bytes by which a product moves the place to fetch ahead. */
    static final Mem FETCH_MOVE = place(4);

    /** int64: rows of a tile from which on tile registers multiply it; more than any has where they never do. */
    static final Mem ROWS_FOR_TILES = place(5);

    /** Places after these. */
    static final int FIRST_FREE = 6;

    private final Assembler asm;
    private final int vectors;
    private final int finishedAtOnce;

    /**
     * Those of a family.
     *
     * @param vectors vectors of columns of a panel
     * @param finishedAtOnce rows of its tallest tile of vectors
     */
    AmxFrame(Assembler asm, int vectors, int finishedAtOnce) {
        this.asm = asm;
        this.vectors = vectors;
        this.finishedAtOnce = finishedAtOnce;
    }

    /** An int64 of the frame. */
    static Mem place(int index) {
        return mem(FRAME, index * Long.BYTES);
    }

    /** Bytes of the frame. */
    abstract int frameBytes();

    /** Bytes into it, where products leave what tiles go on from: {@code [rows][columns]}, 32 bits each. */
    abstract int sumsAt();

    /** The sizes of tile registers. */
    abstract TileConfiguration configuration();

    /** Goes to a label where there is too little along K. */
    abstract void skipIfShort(Label label);

    /** Multiplies as many rows as the scratch register says. */
    abstract void multiply();

    /** Begins the products of the tile after that which was multiplied, if they are done while vectors finish this one. */
    void beginNext() {}

    /** Does a part of them, with the rows left in the scratch register, before and after. */
    void multiplyNext() {}

    /**
     * Stores what they left, if there is anything, and goes to finish it; with 0 in the scratch register, before and after.
     *
     * @param sumsAt where the address of what is stored goes
     */
    void storeNext(Mem sumsAt, Label finish) {}

    /** Goes behind what was multiplied, with the rows and in the panel, and counts what is left. */
    abstract void goToTheRest(Tile tile);

    @Override
    public final void enter() {
        asm.emit(MOV, SCRATCH, FRAME);
        asm.emit(SUB, FRAME, new Imm(frameBytes()));
        asm.emit(AND, FRAME, new Imm(-LINE));
        asm.emit(MOV, STACK, SCRATCH);
        asm.emit(XOR, SCRATCH.as(32), SCRATCH.as(32));
        asm.emit(MOV, ROWS_LEFT, SCRATCH);
        configure();
    }

    /** The first tile has the most rows: if it has too few, so have all. */
    private void configure() {
        final Label none = new Label("no_tiles");
        final Label decided = new Label("decided");
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.HEIGHTS));
        asm.emit(MOV, SCRATCH_2, mem(ARGUMENTS, NativeArguments.ROWS_FOR_TILES));
        asm.emit(CMP, SCRATCH, SCRATCH_2);
        asm.emit(JL, none);
        skipIfShort(none);
        asm.emit(LDTILECFG, Mem.at(asm.constant(configuration().bytes(), TileConfiguration.BYTES)));
        asm.emit(JMP, decided);
        asm.bind(none);
        asm.emit(MOV, SCRATCH_2, new Imm(Integer.MAX_VALUE));
        asm.bind(decided);
        asm.emit(MOV, ROWS_FOR_TILES, SCRATCH_2);
    }

    /** Goes to a label where tile registers multiply no tile of the call. */
    final void skipUnlessTiles(Label label) {
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.HEIGHTS));
        asm.emit(CMP, SCRATCH, ROWS_FOR_TILES);
        asm.emit(JL, label);
    }

    @Override
    public final void beforeTile() {
        asm.emit(MOV, SCRATCH, ROWS_LEFT);
        asm.emit(TEST, SCRATCH, SCRATCH);
        asm.emit(JNE, new Label("rows_left"));
        storeNext(SUMS_AT, new Label("rows_left"));
        asm.emit(MOV, SUMS_AT, SCRATCH);
    }

    @Override
    public final void chooseTile() {
        asm.emit(CMP, SCRATCH, ROWS_FOR_TILES);
        asm.emit(JL, new Label("of_vectors"));
        asm.emit(MOV, ROWS_LEFT, SCRATCH);
        multiply();
        asm.emit(LEA, SCRATCH, mem(FRAME, sumsAt()));
        asm.emit(MOV, SUMS_AT, SCRATCH);
        beginNext();
        asm.emit(MOV, SCRATCH, ROWS_LEFT);
        asm.emit(JMP, new Label("rows_left"));
        asm.bind(new Label("of_vectors"));
        asm.emit(CMP, SCRATCH, new Imm(finishedAtOnce));
        asm.emit(JLE, new Label("height"));
        asm.emit(MOV, ROWS_LEFT, SCRATCH);
        asm.bind(new Label("rows_left"));
        multiplyNext();
        asm.emit(MOV, SCRATCH_2, new Imm(finishedAtOnce));
        asm.emit(CMP, SCRATCH, SCRATCH_2);
        asm.emit(CMOVA, SCRATCH, SCRATCH_2);
        asm.emit(SUB, ROWS_LEFT, SCRATCH);
        asm.bind(new Label("height"));
    }

    @Override
    public final void addTo(Tile tile) {
        final Label none = TileCode.label(tile.program(), "from_the_start");
        final Label first = TileCode.label(tile.program(), "first");
        asm.emit(MOV, COUNT, SUMS_AT);
        asm.emit(TEST, COUNT, COUNT);
        asm.emit(JE, none);
        add(tile);
        goToTheRest(tile);
        asm.emit(JMP, first);
        asm.bind(none);
        tile.count();
        asm.bind(first);
    }

    @Override
    public final void takeFor(Tile tile) {
        asm.emit(MOV, COUNT, SUMS_AT);
        add(tile);
    }

    /** The count has the address of the sums. */
    private void add(Tile tile) {
        final int rowBytes = vectors * LINE;
        Sums.each(tile.program(), (row, v) -> tile.add(row, v, mem(COUNT, row * rowBytes + v * LINE)));
        asm.emit(ADD, COUNT, new Imm(tile.program().mr() * (long) rowBytes));
        asm.emit(MOV, SUMS_AT, COUNT);
    }

    @Override
    public final void leave() {
        final Label released = new Label("released");
        skipUnlessTiles(released);
        asm.emit(TILERELEASE);
        asm.bind(released);
        asm.emit(MOV, FRAME, STACK);
    }
}
