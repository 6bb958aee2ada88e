package dev.tilesmith.sweep.report.record;

import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A value in a JSON file. It knows where it stands, and says so where it is not what is asked for. */
final class Field {
    private final String path;
    private final JsonElement value;

    private Field(String path, JsonElement value) {
        this.path = path;
        this.value = value;
    }

    /**
     * All of a file.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    static Field parse(String file, String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            final JsonElement all = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedJsonException("more after the end");
            }
            return new Field(file, all);
        } catch (JsonSyntaxException | JsonIOException | IOException e) {
            throw new IllegalArgumentException(file + ": no JSON: " + e.getMessage(), e);
        }
    }

    /** A member that has to be there. */
    Field get(String name) {
        return find(name).orElseThrow(() -> refused("has no '" + name + "'"));
    }

    /** A member that may be there. */
    Optional<Field> find(String name) {
        return Optional.ofNullable(object().get(name))
                .filter(member -> !member.isJsonNull())
                .map(member -> new Field(path + "." + name, member));
    }

    /** The items of an array. */
    List<Field> items() {
        if (!value.isJsonArray()) {
            throw refused("is " + value + "; expected an array");
        }
        final List<Field> items = new ArrayList<>();
        for (final JsonElement item : value.getAsJsonArray()) {
            items.add(new Field(path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** The members of an object, in their order. */
    Map<String, Field> members() {
        final Map<String, Field> members = new LinkedHashMap<>();
        object().asMap().forEach((name, member) -> members.put(name, new Field(path + "." + name, member)));
        return members;
    }

    /** Whether it has members. */
    boolean isObject() {
        return value.isJsonObject();
    }

    /** Whether it has items. */
    boolean isArray() {
        return value.isJsonArray();
    }

    /** Whether it is more than null. */
    boolean isPresent() {
        return !value.isJsonNull();
    }

    /** Words. */
    String text() {
        return primitive("words").getAsString();
    }

    /** A finite number that is more than 0. */
    double positive() {
        final double number = number();
        if (!(number > 0) || Double.isInfinite(number)) {
            throw refused("is " + value + "; expected a number above 0");
        }
        return number;
    }

    /** A whole number from 0 on. */
    long whole() {
        final double number = number();
        if (number < 0 || number > 1L << 53 || number != Math.rint(number)) {
            throw refused("is " + value + "; expected a whole number from 0 on");
        }
        return (long) number;
    }

    /** A whole number between bounds, both of them included. */
    int whole(int least, int most) {
        final long number = whole();
        if (number < least || number > most) {
            throw refused("is " + number + "; expected " + least + " to " + most);
        }
        return (int) number;
    }

    /** True or false. */
    boolean truth() {
        final JsonPrimitive truth = primitive("true or false");
        if (!truth.isBoolean()) {
            throw refused("is " + value + "; expected true or false");
        }
        return truth.getAsBoolean();
    }

    /** What words name. */
    <T> T named(Function<String, T> meaning) {
        try {
            return meaning.apply(text());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    /** What is wrong here. */
    IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(path + " " + why);
    }

    private double number() {
        final JsonPrimitive number = primitive("a number");
        if (!number.isNumber()) {
            throw refused("is " + value + "; expected a number");
        }
        return number.getAsDouble();
    }

    private JsonObject object() {
        if (!value.isJsonObject()) {
            throw refused("is " + value + "; expected an object");
        }
        return value.getAsJsonObject();
    }

    private JsonPrimitive primitive(String expected) {
        if (!value.isJsonPrimitive()) {
            throw refused("is " + value + "; expected " + expected);
        }
        return value.getAsJsonPrimitive();
    }
}
