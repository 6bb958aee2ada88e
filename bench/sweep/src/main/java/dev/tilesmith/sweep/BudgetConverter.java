package dev.tilesmith.sweep;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as people write them: {@code 90s}, {@code 10m}, {@code 2h}. */
final class BudgetConverter implements ITypeConverter<Duration> {
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([" + String.join("", UNITS.keySet()) + "])");

    @Override
    public Duration convert(String text) {
        final Matcher parts = TEXT.matcher(text);
        final long count = parts.matches() ? Long.parseLong(parts.group(1)) : 0;
        if (count == 0) {
            throw new TypeConversionException(
                    "'" + text + "' is no time; expected 1 or more of s, m or h, such as 10m");
        }
        return Duration.of(count, UNITS.get(parts.group(2)));
    }
}
