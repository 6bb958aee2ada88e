package dev.tilesmith.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Element;

/** Remembers which elements each source file was generated for, standing between a processor and javac's filer. */
final class OriginRecorder {
    private final Map<String, List<String>> origins = new TreeMap<>();

    /** The names of the originating elements of each generated type. */
    Map<String, List<String>> all() {
        return origins;
    }

    /** The processor, with a filer that is listened to. */
    Processor wrap(Processor processor) {
        return proxy(Processor.class, processor, (name, arguments) -> {
            if (name.equals("init")) {
                arguments[0] = environment((ProcessingEnvironment) arguments[0]);
            }
        });
    }

    private ProcessingEnvironment environment(ProcessingEnvironment environment) {
        final Filer filer = proxy(Filer.class, environment.getFiler(), (name, arguments) -> {
            if (name.equals("createSourceFile")) {
                origins.put(
                        arguments[0].toString(),
                        Arrays.stream((Element[]) arguments[1])
                                .map(Element::toString)
                                .toList());
            }
        });
        return (ProcessingEnvironment) Proxy.newProxyInstance(
                OriginRecorder.class.getClassLoader(),
                new Class<?>[] {ProcessingEnvironment.class},
                (self, method, arguments) ->
                        method.getName().equals("getFiler") ? filer : method.invoke(environment, arguments));
    }

    private static <T> T proxy(Class<T> type, T target, Listener listener) {
        return type.cast(Proxy.newProxyInstance(
                OriginRecorder.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (arguments != null) {
                        listener.called(method.getName(), arguments);
                    }
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Sees the calls that have arguments. */
    private interface Listener {
        void called(String method, Object[] arguments);
    }
}
