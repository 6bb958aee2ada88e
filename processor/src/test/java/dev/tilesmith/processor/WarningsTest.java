package dev.tilesmith.processor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that take every warning for an error: nothing of what is generated gives one, nor does the processor. */
final class WarningsTest {
    /** All of javac's warnings but the one that every use of the Vector API gives. */
    private static final String[] STRICT = {
        "--add-modules=jdk.incubator.vector", "-Xlint:all,-incubating", "-Xdoclint:all", "-Werror"
    };

    @TempDir
    private Path folder;

    private UserProject project;

    @BeforeEach
    void begin() {
        project = new UserProject(folder);
    }

    @Test
    void allFormatsCompileInSilence() throws IOException {
        final List<String> kernels =
                Kernels.ofAllFormats("{Target.AVX2, Target.SME2, Target.NEON_DOTPROD, Target.VECTOR_512}", "");
        for (int i = 0; i < kernels.size(); i++) {
            project.with("p/K" + i + ".java", kernels.get(i));
        }
        project.onClassPath(STRICT).isSilent();
    }

    @Test
    void depthwiseConvolutionsDo() throws IOException {
        project.with("p/Blur.java", """
                        package p;
                        import dev.tilesmith.runtime.DepthwiseConv2dKernel;
                        import dev.tilesmith.spec.DepthwiseConv2d;
                        import dev.tilesmith.spec.Format;
                        /** A kernel. */
                        @DepthwiseConv2d(lhs = Format.F16, rhs = Format.F16, dst = Format.F32)
                        public interface Blur extends DepthwiseConv2dKernel {}
                        """).onClassPath(STRICT).isSilent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interface Linear extends MatMulKernel {}",
                "interface Linear extends MatMulKernel, java.io.Serializable {}",
                "@Deprecated interface Linear extends MatMulKernel {}",
                "@Deprecated(forRemoval = true) interface Linear extends MatMulKernel, java.io.Serializable {}",
            })
    void interfacesOfManyKindsDo(String type) throws IOException {
        project.with("p/Linear.java", Kernels.linear("public " + type))
                .onClassPath(STRICT)
                .isSilent();
    }
}
