package org.tinytune.runtimegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytune.runtimegen.emit.KernelCall;

/** The kernels' C files, which are resources of this module. */
final class KernelFiles {
    private static final String FOLDER = "/tinytune/c/kernels/";
    private static final Pattern INCLUDE = Pattern.compile("^#include \"(tt_\\w+\\.h)\"", Pattern.MULTILINE);
    private static final Pattern TARGET_HEADER = Pattern.compile("tt_target_(?!portable)\\w+\\.h");

    /** What a copy of a kernel says of its licence: it leaves the folder that says it of all. */
    private static final String LICENCE = "/* SPDX-License-Identifier: Apache-2.0 */\n";

    /** What every source includes. */
    static final String COMMON = "tt_kernel.h";

    private KernelFiles() {}

    /** The header of a kernel, as in {@code tt_conv_2d_s8.h}. */
    static String header(String kernel) {
        return KernelCall.function(kernel) + ".h";
    }

    /** The headers of these kernels and all that they include, by name; of the targets' headers only that target's. */
    static SortedMap<String, String> closure(Collection<String> kernels, CTarget target) {
        SortedMap<String, String> files = new TreeMap<>();
        add(COMMON, target, files);
        for (String kernel : kernels) {
            add(header(kernel), target, files);
        }
        return files;
    }

    private static void add(String name, CTarget target, SortedMap<String, String> files) {
        boolean otherTarget =
                TARGET_HEADER.matcher(name).matches() && !target.header().equals(Optional.of(name));
        if (otherTarget || files.containsKey(name)) {
            return;
        }
        String text = read(name);
        files.put(name, text);
        Matcher include = INCLUDE.matcher(text);
        while (include.find()) {
            add(include.group(1), target, files);
        }
    }

    private static String read(String name) {
        try (InputStream in = KernelFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is not on the class path");
            }
            return LICENCE + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
