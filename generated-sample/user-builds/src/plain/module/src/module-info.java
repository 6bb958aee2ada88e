module example {
    requires dev.tilesmith.spec;
}
