package io.gatehouse.server.session;

import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.wire.Bytes;
import io.gatehouse.server.wire.Frontend;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** How many bytes a message holds while it waits, about. */
final class Weight {
    /** An object or two for each value, whatever it holds. */
    private static final long PER_VALUE = 48;

    private Weight() {}

    static long of(Frontend message) {
        return switch (message) {
            case Frontend.Query m -> 2L * m.sql().length();
            case Frontend.Parse m -> 2L * m.sql().length();
            case Frontend.Bind m -> {
                long sum = 0;
                for (Bytes value : m.values()) {
                    sum += of(value);
                }
                yield sum;
            }
            case Frontend.CopyData m -> m.data().length();
            case Frontend.ExtExecute m -> ofValues(m.parameters());
            case Frontend.ExtBatch m -> {
                long sum = 0;
                for (List<Frontend.Value> row : m.rows()) {
                    sum += ofValues(row);
                }
                yield sum;
            }
            case Frontend.ExtBatchTexts m ->
                    m.statements().stream().mapToLong(text -> 2L * text.length()).sum();
            case Frontend.ExtCatalog m ->
                    m.arguments().stream().mapToLong(Weight::ofArgument).sum();
            default -> 0;
        };
    }

    static long of(List<Parameter> parameters) {
        long sum = 0;
        for (Parameter parameter : parameters) {
            byte[] bytes = parameter.bytes();
            sum += PER_VALUE + (bytes == null ? 0 : bytes.length);
        }
        return sum;
    }

    private static long ofValues(List<Frontend.Value> values) {
        long sum = 0;
        for (Frontend.Value value : values) {
            sum += of(value.bytes());
        }
        return sum;
    }

    private static long of(@Nullable Bytes value) {
        return PER_VALUE + (value == null ? 0 : value.length());
    }

    private static long ofArgument(@Nullable Object argument) {
        return switch (argument) {
            case String text -> PER_VALUE + 2L * text.length();
            case List<?> list -> list.stream().mapToLong(Weight::ofArgument).sum();
            case null, default -> PER_VALUE;
        };
    }
}
