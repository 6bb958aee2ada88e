package dev.tilesmith.processor;

import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import dev.tilesmith.processor.check.CommonMessage;
import dev.tilesmith.processor.check.Message;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.operation.conv.Conv2dOperation;
import dev.tilesmith.processor.product.check.ProductMessage;
import dev.tilesmith.processor.product.model.Declaration;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.FilerException;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message is given at the place at fault, in the words that are meant, and alone. */
class MessageTest {
    /** What javac tells, as far as these tests compare it. */
    private record Told(Diagnostic.Kind kind, String file, long line, long column, String text) {
        static Told of(Diagnostic<? extends JavaFileObject> diagnostic) {
            return new Told(
                    diagnostic.getKind(),
                    diagnostic.getSource().getName(),
                    diagnostic.getLineNumber(),
                    diagnostic.getColumnNumber(),
                    diagnostic.getMessage(Locale.ROOT));
        }
    }

    static List<MessageCase> cases() {
        return MessageCases.all();
    }

    /** All but those of sweeps, which are of products. */
    static Stream<MessageCase> casesOfConvolutions() {
        return cases().stream().filter(each -> !each.body().contains("@Sweep")).map(MessageCase::ofConvolution);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pointsAtTheFault(MessageCase expected) {
        assertTold(expected, new RecordingOperation());
    }

    @ParameterizedTest
    @MethodSource("casesOfConvolutions")
    void saysTheSameOfConvolutions(MessageCase expected) {
        assertTold(expected, new RecordingOperation(new Conv2dOperation()));
    }

    private static void assertTold(MessageCase expected, Operation<?> operation) {
        final MarkedSource source = MarkedSource.of("Linear", expected.body());
        assertEquals(
                List.of(told(expected.message(), source, expected.text())),
                ours(javac().withProcessors(new TilesmithProcessor(List.of(operation)))
                        .withOptions(expected.options())
                        .compile(source.file())));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        CommonMessage.INTERNAL,
                        new IllegalStateException("no register left"),
                        "[TS901] the processor failed on example.Linear: java.lang.IllegalStateException: no register"
                                + " left. This is a fault of Tilesmith; please report it with the declaration"),
                Arguments.of(
                        CommonMessage.NOT_WRITTEN,
                        new IOException("disk full"),
                        "[TS902] what is generated for example.Linear could not be written: java.io.IOException: disk"
                                + " full"),
                Arguments.of(
                        CommonMessage.NOT_WRITTEN,
                        new InvalidPathException("Linéaire", "unmappable"),
                        "[TS902] what is generated for example.Linear could not be written:"
                                + " java.nio.file.InvalidPathException: unmappable: Linéaire"),
                Arguments.of(
                        CommonMessage.NAME_TAKEN,
                        new FilerException("example.LinearKernels"),
                        "[TS109] example.LinearKernels is to be generated for example.Linear, and is already there;"
                                + " rename the one or the other"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failuresToGenerateAreReportedOnTheDeclaration(Message message, Exception failure, String text) {
        final MarkedSource source = MarkedSource.of(
                "Linear", "@MatMul(lhs = F32, rhs = F32, dst = F32)\n/*!*/interface Linear extends MatMulKernel {}");
        final Operation<Declaration> broken = new RecordingOperation() {
            @Override
            public void emit(Declaration declaration, SourceWriter writer) throws IOException {
                if (failure instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) failure;
            }
        };
        assertEquals(
                List.of(told(message, source, text)),
                ours(javac().withProcessors(new TilesmithProcessor(List.of(broken)))
                        .withOptions("--add-modules=jdk.incubator.vector")
                        .compile(source.file())));
    }

    @Test
    void everyMessageIsPinned() {
        final Set<Message> pinned = Stream.concat(
                        MessageCases.all().stream().map(MessageCase::message),
                        Stream.of(CommonMessage.INTERNAL, CommonMessage.NOT_WRITTEN))
                .collect(toSet());
        assertEquals(messages().collect(toSet()), pinned);
    }

    /** All that there are. */
    private static Stream<Message> messages() {
        return Stream.of(CommonMessage.values(), ProductMessage.values()).flatMap(Stream::of);
    }

    @Test
    void codesAreUniqueAndAscend() {
        for (final Message[] messages : List.of(CommonMessage.values(), ProductMessage.values())) {
            final List<String> codes = Stream.of(messages).map(Message::code).toList();
            assertEquals(codes.stream().sorted().toList(), codes);
        }
        assertEquals(
                messages().count(), messages().map(Message::code).distinct().count());
    }

    private static Told told(Message message, MarkedSource source, String text) {
        return new Told(message.kind(), source.file().getName(), source.line(), source.column(), text);
    }

    /** What the processor told; what javac finds for itself (an unknown supertype) is not ours to pin. */
    private static List<Told> ours(Compilation compilation) {
        return compilation.diagnostics().stream()
                .map(diagnostic -> (Diagnostic<? extends JavaFileObject>) diagnostic)
                .filter(diagnostic -> diagnostic.getMessage(Locale.ROOT).startsWith("[TS"))
                .map(Told::of)
                .toList();
    }
}
