/** A program with one kernel. */
module example.modular {
    requires dev.tilesmith.spec;
    requires jdk.incubator.vector;
}
