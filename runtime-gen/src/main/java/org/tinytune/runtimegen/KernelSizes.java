package org.tinytune.runtimegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.tinytune.core.board.Board;

/** Measured upper bounds of what the kernels become on an architecture, in bytes: {@code sizes.properties}. */
final class KernelSizes {
    private static final String FILE = "/tinytune/c/kernels/sizes.properties";
    private static final Properties SIZES = load();

    private final String architecture;

    KernelSizes(Board.Architecture architecture) {
        this.architecture = architecture.name().toLowerCase(Locale.ROOT);
    }

    private static Properties load() {
        try (InputStream in = KernelSizes.class.getResourceAsStream(FILE)) {
            Properties sizes = new Properties();
            sizes.load(in);
            return sizes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flash of the firmware around a model. */
    int firmwareFlash() {
        return bytes("firmware.flash");
    }

    /** Static RAM of the firmware around a model. */
    int firmwareStatic() {
        return bytes("firmware.static");
    }

    /** Stack of the firmware around a model. */
    int firmwareStack() {
        return bytes("firmware.stack");
    }

    /** A function specialised for one geometry. */
    int function(String kernel, boolean padded) {
        return bytes("function." + kernel + (padded ? ".padded" : ""));
    }

    /** What a kernel's functions share with others, by name. */
    List<String> shared(String kernel) {
        return Stream.of(property("uses." + kernel).split(" "))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** A part that functions share. */
    int part(String name) {
        return bytes("shared." + name);
    }

    /** A call with so many arguments that the compiler cannot build into the function. */
    int call(int arguments) {
        return bytes("call") + arguments * bytes("argument");
    }

    /** Stack from {@code main} to the end of a kernel's deepest call. */
    int stack(String kernel) {
        return bytes("stack." + kernel);
    }

    /** Stack of a loop that computes operators row by row, beside that of its kernels. */
    int streamStack() {
        return bytes("stream.stack");
    }

    private int bytes(String key) {
        return Integer.parseInt(property(architecture + "." + key));
    }

    private static String property(String key) {
        String value = SIZES.getProperty(key);
        if (value == null) {
            throw new IllegalStateException(FILE + " says nothing of " + key);
        }
        return value;
    }
}
