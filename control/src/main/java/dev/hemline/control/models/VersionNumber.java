package dev.hemline.control.models;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 12}, {@code v12} and {@code v000012}. */
final class VersionNumber implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("[vV]?0*[1-9]\\d{0,8}")) {
            throw new TypeConversionException("a version is a number from 1 on, such as 12 or v12, not '" + text + "'");
        }
        return Integer.valueOf(text.replaceFirst("^[vV]", ""));
    }
}
