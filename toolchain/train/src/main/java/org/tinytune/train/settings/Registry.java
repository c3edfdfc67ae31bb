package org.tinytune.train.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * The names of all things of a kind, for the command line and for files. Behind each name is a record with the usual
 * settings; a file may change any component that is a number, under its name in lower case with underscores, such as
 * {@code weight_decay}.
 *
 * <p>Checked by: RegistryTest.
 *
 * @param <T> what the names stand for
 */
public final class Registry<T> {
    private final String kind;
    private final Map<String, T> entries = new LinkedHashMap<>();

    /** @param kind what there is one of behind each name, in the singular */
    public Registry(String kind) {
        this.kind = kind;
    }

    /** Adds an entry; all are added before anyone asks. */
    public Registry<T> add(String name, T usual) {
        entries.put(name, usual);
        return this;
    }

    /** All names, in the order in which they were added. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** All names and what they stand for, in the order in which they were added. */
    public Map<String, T> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /**
     * What a name stands for, with the usual settings.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if the name is unknown
     */
    public T get(String name) {
        T entry = entries.get(name);
        if (entry == null) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "there is no " + kind + " '" + name + "': give one of " + String.join(", ", names()));
        }
        return entry;
    }

    /**
     * What a name stands for, with some settings changed.
     *
     * @param changed by name
     * @throws TinytuneException with {@link ExitCode#USAGE} if a name is unknown, or a number is out of its range
     */
    public T get(String name, Map<String, ? extends Number> changed) {
        T usual = get(name);
        List<RecordComponent> numbers = numbers(usual);
        for (String setting : changed.keySet()) {
            if (numbers.stream().noneMatch(number -> settingName(number).equals(setting))) {
                throw new TinytuneException(ExitCode.USAGE, unknown(name, setting, numbers));
            }
        }
        return changed.isEmpty() ? usual : with(usual, changed);
    }

    private String unknown(String name, String setting, List<RecordComponent> numbers) {
        String known = numbers.isEmpty()
                ? "it has none"
                : "give one of "
                        + String.join(
                                ", ",
                                numbers.stream().map(Registry::settingName).toList());
        return "the " + kind + " '" + name + "' has no setting '" + setting + "': " + known;
    }

    private static List<RecordComponent> numbers(Object entry) {
        return components(entry).filter(c -> c.getType().isPrimitive()).toList();
    }

    private static Stream<RecordComponent> components(Object entry) {
        return entry instanceof Record ? Arrays.stream(entry.getClass().getRecordComponents()) : Stream.empty();
    }

    /** As it stands in a file. */
    private static String settingName(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked") // A record made by the constructor of another is of its class.
    private T with(T usual, Map<String, ? extends Number> changed) {
        List<RecordComponent> components = components(usual).toList();
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object[] values = new Object[types.length];
            for (int i = 0; i < values.length; i++) {
                Number number = changed.get(settingName(components.get(i)));
                values[i] = number == null
                        ? components.get(i).getAccessor().invoke(usual)
                        : converted(number, types[i], settingName(components.get(i)));
            }
            Constructor<?> constructor = usual.getClass().getDeclaredConstructor(types);
            return (T) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof TinytuneException outOfRange) {
                throw outOfRange;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a " + kind + " is a public record", e);
        }
    }

    private static Object converted(Number number, Class<?> type, String setting) {
        if (type == float.class) {
            return number.floatValue();
        }
        if (type == double.class) {
            return number.doubleValue();
        }
        Settings.require(number.doubleValue() == number.intValue(), setting, number, "a whole number");
        return number.intValue();
    }
}
