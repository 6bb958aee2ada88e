package dev.tilesmith.cpu;

import java.io.IOException;
import java.util.Set;

/**
 * Linux on 64-bit Arm: what the kernel says is usable on every core.
 *
 * @param system where to read
 * @param way where the features are read
 */
record LinuxArm(SystemSource system, Way way) implements FeatureSearch {
    /** Where the features are read, best first. */
    enum Way {
        /** The C library: native access is needed. */
        GETAUXVAL("AT_HWCAP and AT_HWCAP2 by getauxval"),
        /** The same words in a file: a kernel may hide it. */
        AUXV_FILE("AT_HWCAP and AT_HWCAP2 in " + AuxiliaryVector.PATH),
        /** The list of names for people. */
        CPUINFO("Features of " + ProcCpuinfo.PATH);

        private final String how;

        Way(String how) {
            this.how = how;
        }
    }

    /** {@code include/uapi/linux/prctl.h}. */
    private static final int PR_SME_GET_VL = 64;

    /** The low bits of the result are bytes of the vector; flags lie above. */
    private static final int PR_SME_VL_LEN_MASK = 0xffff;

    private static final String DEFAULT_LENGTH = "/proc/sys/abi/sme_default_vector_length";

    @Override
    public Finding find() throws IOException {
        final Set<CpuFeature> features = features();
        return new Finding(
                name(),
                "",
                features,
                features.contains(CpuFeature.SME) ? streamingVectorBits() : 0,
                new SysfsCaches(system).read(),
                way.how);
    }

    private Set<CpuFeature> features() throws IOException {
        return switch (way) {
            case GETAUXVAL ->
                decode(system.getauxval(Hwcap.Word.AT_HWCAP.type()), system.getauxval(Hwcap.Word.AT_HWCAP2.type()));
            case AUXV_FILE -> {
                final AuxiliaryVector vector = new AuxiliaryVector(system.bytes(AuxiliaryVector.PATH));
                yield decode(vector.value(Hwcap.Word.AT_HWCAP.type()), vector.value(Hwcap.Word.AT_HWCAP2.type()));
            }
            case CPUINFO ->
                FeatureSearch.flagged(
                        Architecture.AARCH64,
                        ProcCpuinfo.parse(system.text(ProcCpuinfo.PATH)).common("Features"));
        };
    }

    private static Set<CpuFeature> decode(long hwcap, long hwcap2) {
        final Set<CpuFeature> features = FeatureSearch.select(Architecture.AARCH64, feature -> feature.hwcap()
                .filter(at -> at.isSetIn(
                        switch (at.word()) {
                            case AT_HWCAP -> hwcap;
                            case AT_HWCAP2 -> hwcap2;
                        }))
                .isPresent());
        if (!features.contains(CpuFeature.NEON)) {
            throw new IllegalStateException("AT_HWCAP is " + hwcap + ", without even NEON");
        }
        return features;
    }

    /** The cores' names; a name is worth no failure. */
    private String name() {
        try {
            return ArmCores.names(ProcCpuinfo.parse(system.text(ProcCpuinfo.PATH)));
        } catch (IOException | RuntimeException e) {
            return ArmCores.UNKNOWN;
        }
    }

    /** The length that a thread of this process gets, 0 where neither the call nor the file tells. */
    private int streamingVectorBits() {
        int bytes;
        try {
            bytes = system.prctl(PR_SME_GET_VL);
        } catch (RuntimeException | LinkageError e) {
            bytes = -1;
        }
        if (bytes < 0) {
            bytes = defaultLength();
        }
        final int bits = bytes < 0 ? 0 : (bytes & PR_SME_VL_LEN_MASK) * Byte.SIZE;
        return Cpu.isVectorLength(bits) ? bits : 0;
    }

    private int defaultLength() {
        try {
            return Integer.parseInt(system.text(DEFAULT_LENGTH).strip());
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }
}
