package dev.hemline.control.models;

import dev.hemline.event.ServingPolicy;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code immediate}, {@code challenger} and {@code manual}. */
public final class PolicyName implements ITypeConverter<ServingPolicy> {
    @Override
    public ServingPolicy convert(String text) {
        return Stream.of(ServingPolicy.IMMEDIATE, ServingPolicy.CHALLENGER, ServingPolicy.MANUAL)
                .filter(policy -> ModelAdmin.code(policy).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("a policy is immediate, challenger or manual, not '" + text + "'"));
    }
}
