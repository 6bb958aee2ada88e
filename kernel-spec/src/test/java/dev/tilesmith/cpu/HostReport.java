package dev.tilesmith.cpu;

import java.io.IOException;

/** Prints what a JVM finds, for tests that start one with flags of their own. */
final class HostReport {
    private HostReport() {}

    public static void main(String[] args) {
        final Host host = Host.current();
        System.out.println("features=" + host.cpu().features());
        if (host.cpu().architecture() == Architecture.AARCH64) {
            for (final LinuxArm.Way way : LinuxArm.Way.values()) {
                System.out.println(way + "=" + featuresBy(way));
            }
        }
        System.out.println("source=" + host.cpu().source());
        System.out.println("name=" + host.cpu().name());
        System.out.println("caches=" + host.cpu().caches());
        System.out.println("streaming=" + host.cpu().streamingVectorBits());
        System.out.println("module=" + host.jvm().moduleResolved());
        System.out.println("bits=" + host.jvm().preferredBits());
        System.out.println("fma=" + host.jvm().fmaIsOneInstruction());
        System.out.println("javaFma=" + host.javaFma());
        if (args.length > 0) {
            final long type = Long.parseLong(args[0]);
            System.out.println("getauxval=" + new RunningSystem().getauxval(type));
        }
    }

    private static String featuresBy(LinuxArm.Way way) {
        try {
            return new LinuxArm(new RunningSystem(), way).find().features().toString();
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }
}
