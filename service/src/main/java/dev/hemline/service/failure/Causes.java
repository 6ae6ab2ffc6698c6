package dev.hemline.service.failure;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a failure came from: clients wrap what they find. */
public final class Causes {
    private Causes() {}

    /** The failure itself and its causes, the deepest one last. */
    public static Stream<Throwable> of(@Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** The first of them that is of this kind. */
    public static <E extends Throwable> Optional<E> find(@Nullable Throwable failure, Class<E> kind) {
        return of(failure).filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
