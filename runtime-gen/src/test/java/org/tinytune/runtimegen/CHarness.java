package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.sim.Simulator;

/**
 * Compares C with Java: many libraries in one program, each run on a few inputs, every operator's output as a checksum.
 */
final class CHarness {
    private static final List<String> FILES = List.of("harness.h", "harness.c", "machine_bare.ld");
    private static final int ALL_MIN = 0;
    private static final int ALL_MAX = 1;
    private static final int[] PATTERNS = {ALL_MIN, ALL_MAX, 2, 3, 77};

    /** Translation units of a program: starting a compiler costs as much as compiling a small library. */
    private static final int UNITS = 4;

    /** The input before which states are reset, as before the first; they last over all others. */
    private static final int RESET = 3;

    private static final Pattern LINE = Pattern.compile("(\\d+/\\d+)((?: \\d+:\\d+)+)");

    /** The pattern of the first input that is given, the next ones following. */
    private static final int GIVEN = 100;

    private record Case(String name, Graph graph, Plan plan, List<byte[]> given) {}

    private final List<Case> cases = new ArrayList<>();

    /** Adds a model. */
    void add(String name, Graph graph, Plan plan) {
        add(name, graph, plan, List.of());
    }

    /** Adds a model that is also run on inputs that are given, of the only input that it has. */
    void add(String name, Graph graph, Plan plan, List<byte[]> given) {
        cases.add(new Case(name, graph, plan, given));
    }

    /** Generates, compiles strictly, runs and compares every checksum of every operator. */
    void assertEqualOn(Machine machine, Path folder) {
        assertEqualOn(machine, machine.target(), folder);
    }

    /** The same with libraries that may be written for another target. */
    void assertEqualOn(Machine machine, CTarget target, Path folder) {
        assertEqualOn(machine, target, folder, List.of());
    }

    /** The same with further options of the compiler. */
    void assertEqualOn(Machine machine, CTarget target, Path folder, List<String> further) {
        machine.assumeInstalled();
        FILES.forEach(file -> copy(file, folder));
        copy(machine.port(), folder);
        List<String> sources = new ArrayList<>(units(target, folder));
        sources.add("main.c");
        write(folder.resolve("main.c"), mainProgram(machine));
        List<String> options = new ArrayList<>(Machine.STRICT);
        options.addAll(List.of("-DTT_CRC", "-c"));
        options.addAll(further);
        sources.parallelStream().forEach(source -> {
            List<String> command = new ArrayList<>(options);
            command.add(source);
            machine.compile(folder, command);
        });
        String output = machine.run(
                folder, sources.stream().map(s -> s.replace(".c", ".o")).toList());
        assertEqual(machine, expected(), parse(output));
    }

    /** Writes the libraries and what compiles them together; gives the files to compile. */
    private List<String> units(CTarget target, Path folder) {
        CLibraryGenerator generator = new CLibraryGenerator(target);
        SortedMap<String, LibraryUnit> units = new TreeMap<>();
        for (int i = 0; i < cases.size(); i++) {
            CLibrary library =
                    generator.generate(cases.get(i).graph(), cases.get(i).plan(), "case" + i);
            library.writeTo(folder);
            // Neighbours, which are of one operator, come into different ones.
            units.computeIfAbsent("unit" + i % UNITS + ".c", name -> new LibraryUnit())
                    .add(library);
        }
        units.forEach((name, unit) -> write(folder.resolve(name), unit.text()));
        return List.copyOf(units.keySet());
    }

    private static void assertEqual(Machine machine, Map<String, String> expected, Map<String, String> actual) {
        List<String> differing = expected.keySet().stream()
                .filter(run -> !expected.get(run).equals(actual.get(run)))
                .toList();
        String first = differing.isEmpty() ? "" : differing.get(0);
        assertThat(differing.size())
                .as(
                        "%s: %d of %d runs differ, first %s, by operator%n%s in Java%n%s in C",
                        machine, differing.size(), expected.size(), first, expected.get(first), actual.get(first))
                .isZero();
    }

    /** By case and input: the checksum of each operator. */
    private Map<String, String> expected() {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Case c : cases) {
            // States last from one input to the next, here as there.
            Simulator simulator = new Simulator(PreparedKernels.of(c.graph()), c.plan());
            for (int pattern : PATTERNS) {
                if (pattern == RESET) {
                    simulator.reset();
                }
                lines.put(title(c, pattern), checksums(simulator, inputs(pattern, c.graph())));
            }
            for (int k = 0; k < c.given().size(); k++) {
                lines.put(
                        title(c, GIVEN + k),
                        checksums(simulator, List.of(c.given().get(k))));
            }
        }
        return lines;
    }

    private Map<String, String> parse(String output) {
        Map<String, String> lines = new LinkedHashMap<>();
        Matcher line = LINE.matcher(output);
        while (line.find()) {
            String[] id = line.group(1).split("/");
            lines.put(title(cases.get(Integer.parseInt(id[0])), Integer.parseInt(id[1])), line.group(2));
        }
        return lines;
    }

    private static String title(Case c, int pattern) {
        return c.name() + " on input " + pattern;
    }

    private static List<byte[]> inputs(int pattern, Graph graph) {
        return graph.inputs().stream()
                .map(i -> input(pattern, graph.tensor(i).bytes()))
                .toList();
    }

    private static String checksums(Simulator simulator, List<byte[]> inputs) {
        Map<Integer, Long> checksums = new LinkedHashMap<>();
        simulator.run(inputs, (node, tensor, bytes) -> {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            checksums.put(node, crc.getValue());
        });
        StringBuilder text = new StringBuilder();
        new TreeMap<>(checksums)
                .forEach(
                        (node, crc) -> text.append(' ').append(node).append(':').append(crc));
        return text.toString();
    }

    /** The same bytes as {@code harness_fill} makes. */
    private static byte[] input(int pattern, int length) {
        byte[] bytes = new byte[length];
        if (pattern == ALL_MIN || pattern == ALL_MAX) {
            Arrays.fill(bytes, pattern == ALL_MIN ? Byte.MIN_VALUE : Byte.MAX_VALUE);
            return bytes;
        }
        int state = pattern;
        for (int i = 0; i < length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            bytes[i] = (byte) state;
        }
        return bytes;
    }

    private String mainProgram(Machine machine) {
        StringBuilder text =
                new StringBuilder("#include <string.h>\n#include \"harness.c\"\n#include \"" + machine.port() + "\"\n");
        for (int i = 0; i < cases.size(); i++) {
            text.append("#include \"case").append(i).append(".h\"\n");
        }
        for (int i = 0; i < cases.size(); i++) {
            text.append(arrays(i, cases.get(i)));
        }
        text.append("int main(void)\n{\n    harness_start();\n");
        for (int i = 0; i < cases.size(); i++) {
            String call = "";
            for (int pattern : PATTERNS) {
                boolean fresh = pattern == RESET || pattern == PATTERNS[0];
                if (fresh && cases.get(i).graph().hasState()) {
                    call += "    case$_reset();\n";
                }
                for (int k = 0; k < cases.get(i).graph().inputs().size(); k++) {
                    String input = Names.numbered("input", k);
                    call += "    harness_fill(" + pattern + ", (int8_t *)case$_" + input + "(), CASE$_"
                            + input.toUpperCase(Locale.ROOT) + "_BYTES);\n";
                }
                call += run(pattern);
            }
            for (int k = 0; k < cases.get(i).given().size(); k++) {
                call += "    memcpy(case$_input(), given$_" + k + ", CASE$_INPUT_BYTES);\n" + run(GIVEN + k);
            }
            text.append(call.replace("$", Integer.toString(i)));
        }
        return text.append("    harness_end();\n    return 0;\n}\n").toString();
    }

    private static String run(int pattern) {
        return "    harness_run($, " + pattern + ", case$_invoke, case$_operator_crc, CASE$_OPERATORS);\n";
    }

    /** The inputs that are given for a case, as arrays. */
    private static String arrays(int number, Case c) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < c.given().size(); k++) {
            byte[] bytes = c.given().get(k);
            String values = IntStream.range(0, bytes.length)
                    .mapToObj(i -> Byte.toString(bytes[i]))
                    .collect(Collectors.joining(","));
            text.append(String.format(Locale.ROOT, "static const int8_t given%d_%d[] = {%s};\n", number, k, values));
        }
        return text.toString();
    }

    private static void copy(String file, Path folder) {
        try (InputStream in = CHarness.class.getResourceAsStream("/c/" + file)) {
            Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
