package dev.hemline.service;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: 90s, 30m, 6h, 1d. Use as a picocli {@code converter}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    @Override
    public Duration convert(String value) {
        Matcher form = FORM.matcher(value);
        Duration unit = form.matches() ? UNITS.get(form.group(2)) : null;
        if (unit == null || Integer.parseInt(form.group(1)) == 0) {
            throw new TypeConversionException("'" + value + "' is no duration such as 90s, 30m, 6h or 1d");
        }
        return unit.multipliedBy(Integer.parseInt(form.group(1)));
    }
}
