package dev.tilesmith.kernel.drive;

/** By what code of a family kernels of some size go over images. */
enum SizePath {
    /** There is code for the size. */
    OWN("code of its own"),
    /** Code for any size. */
    GENERAL("the general path, which counts the values of a kernel");

    private final String text;

    SizePath(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
