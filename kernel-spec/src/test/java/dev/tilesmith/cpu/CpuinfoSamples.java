package dev.tilesmith.cpu;

/** Lines of {@code /proc/cpuinfo} as machines print them, one or two processors each. */
final class CpuinfoSamples {
    static final String ZEN5 = """
            processor	: 0
            vendor_id	: AuthenticAMD
            cpu family	: 26
            model		: 2
            model name	: AMD EPYC 9755 128-Core Processor
            flags		: fpu sse sse2 ht syscall nx pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 movbe popcnt aes xsave \
            avx f16c rdrand bmi1 avx2 smep bmi2 erms avx512f avx512dq adx smap avx512ifma avx512cd sha_ni avx512bw \
            avx512vl xsaveopt avx_vnni avx512_bf16 clzero avx512vbmi umip avx512_vbmi2 gfni vaes vpclmulqdq \
            avx512_vnni avx512_bitalg avx512_vpopcntdq rdpid fsrm avx512_vp2intersect
            bugs		: spectre_v1

            processor	: 1
            model name	: AMD EPYC 9755 128-Core Processor
            flags		: fpu sse sse2 ht syscall nx pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 movbe popcnt aes xsave \
            avx f16c rdrand bmi1 avx2 smep bmi2 erms avx512f avx512dq adx smap avx512ifma avx512cd sha_ni avx512bw \
            avx512vl xsaveopt avx_vnni avx512_bf16 clzero avx512vbmi umip avx512_vbmi2 gfni vaes vpclmulqdq \
            avx512_vnni avx512_bitalg avx512_vpopcntdq rdpid fsrm avx512_vp2intersect
            """;

    static final String ZEN4 = ZEN5.replace("9755 128-Core", "9654 96-Core").replace("avx_vnni ", "");

    static final String CASCADE_LAKE = """
            processor	: 0
            vendor_id	: GenuineIntel
            cpu family	: 6
            model		: 85
            model name	: Intel(R) Xeon(R) Platinum 8280 CPU @ 2.70GHz
            stepping	: 7
            flags		: fpu mmx fxsr sse sse2 ss ht syscall nx pni pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic \
            movbe popcnt aes xsave avx f16c rdrand hypervisor bmi1 avx2 smep bmi2 erms invpcid mpx avx512f avx512dq \
            rdseed adx smap clflushopt clwb avx512cd avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves ida arat pku \
            ospke avx512_vnni
            """;

    /** A virtual machine's. */
    static final String SAPPHIRE_RAPIDS = """
            processor	: 0
            vendor_id	: GenuineIntel
            cpu family	: 6
            model		: 143
            model name	: Intel(R) Xeon(R) Platinum 8488C
            stepping	: 8
            flags		: fpu mmx fxsr sse sse2 ss ht syscall nx pni pclmulqdq monitor ssse3 fma cx16 pcid sse4_1 sse4_2 \
            x2apic movbe popcnt aes xsave avx f16c rdrand hypervisor fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f \
            avx512dq rdseed adx smap avx512ifma clflushopt clwb avx512cd sha_ni avx512bw avx512vl xsaveopt xsavec \
            xgetbv1 xsaves avx_vnni avx512_bf16 wbnoinvd arat avx512vbmi umip pku ospke waitpkg avx512_vbmi2 gfni vaes \
            vpclmulqdq avx512_vnni avx512_bitalg avx512_vpopcntdq rdpid cldemote movdiri movdir64b fsrm serialize \
            amx_bf16 avx512_fp16 amx_tile amx_int8 flush_l1d arch_capabilities
            """;

    /** The same where the system knows no tiles: kernels before 5.16 list none of AMX. */
    static final String SAPPHIRE_RAPIDS_WITHOUT_TILES = SAPPHIRE_RAPIDS.replaceAll("amx_\\w+ ", "");

    static final String NEOVERSE_N1 = arm(
            "0x41",
            "0xd0c",
            "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp ssbs");

    static final String NEOVERSE_V1 = arm(
            "0x41",
            "0xd40",
            "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3"
                    + " sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs paca pacg dcpodp svei8mm svebf16"
                    + " i8mm bf16 dgh rng");

    static final String NEOVERSE_N2 = arm(
            "0x41",
            "0xd49",
            "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3"
                    + " sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb dcpodp sve2 sveaes svepmull"
                    + " svebitperm svesha3 svesm4 flagm2 frint svei8mm svebf16 i8mm bf16 dgh bti");

    static final String CORTEX_A72 = arm("0x41", "0xd08", "fp asimd evtstrm crc32 cpuid");

    static final String TENSOR_G3_FEATURES =
            "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3"
                    + " sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp sve2 sveaes"
                    + " svepmull svebitperm svesha3 svesm4 flagm2 frint svei8mm svebf16 i8mm bti mte mte3";

    static final String TENSOR_G3 = arm("0x41", "0xd46", TENSOR_G3_FEATURES)
            + arm("0x41", "0xd4d", TENSOR_G3_FEATURES)
            + arm("0x41", "0xd4e", TENSOR_G3_FEATURES);

    private static final String APPLE_M1_FEATURES =
            "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3"
                    + " asimddp sha512 asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp flagm2 frint";

    /** An M1 under Asahi Linux: two kinds of cores. */
    static final String APPLE_M1 = arm("0x61", "0x022", APPLE_M1_FEATURES) + arm("0x61", "0x023", APPLE_M1_FEATURES);

    private CpuinfoSamples() {}

    static String arm(String implementer, String part, String features) {
        return "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: " + features + "\nCPU implementer\t: " + implementer
                + "\nCPU architecture: 8\nCPU variant\t: 0x1\nCPU part\t: " + part + "\nCPU revision\t: 1\n\n";
    }
}
