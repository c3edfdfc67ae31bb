package org.tinytune.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinytune.core.tool.ToolRun;

/**
 * Builds a sketch as the Arduino IDE does: by the recipes of the core's own {@code platform.txt} and
 * {@code boards.txt}.
 *
 * <p>Source: docs.arduino.cc, Arduino platform specification and sketch build process.
 */
public final class ArduinoPlatform {
    static final Path HOME = Path.of("/usr/share/arduino/hardware/arduino/avr");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern PROPERTY = Pattern.compile("\\{([\\w.]+)}");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Map<String, String> properties = new TreeMap<>();
    private final Path folder;

    /**
     * @param board as {@code boards.txt} calls it
     * @param folder to build in
     */
    public ArduinoPlatform(String board, Path folder) throws IOException {
        this.folder = folder;
        read(HOME.resolve("platform.txt"), "");
        read(HOME.resolve("boards.txt"), board + ".");
        properties.put("runtime.ide.version", "10819");
        properties.put("build.arch", "AVR");
        properties.put("build.path", folder.toString());
        properties.put("build.project_name", "sketch");
        properties.put("archive_file", "core.a");
        properties.put("compiler.warning_flags", properties.get("compiler.warning_flags.all"));
        // Debian's gcc 5.4 has that name in C alone, and the core uses it; platform.local.txt is the place for it.
        properties.put("compiler.cpp.extra_flags", "-DDECIMAL_DIG=__DECIMAL_DIG__");
    }

    private void read(Path file, String prefix) throws IOException {
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#") && line.startsWith(prefix)) {
                properties.put(
                        line.substring(prefix.length(), equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
    }

    /**
     * Builds a sketch with one library.
     *
     * @return the ELF file
     */
    public Path build(Path sketch, Path library) throws IOException {
        List<Path> objects = new ArrayList<>(compile(sketch, library));
        for (Path object : compileAll(core(), "core")) {
            run("recipe.ar.pattern", Map.of("object_file", object.toString()));
        }
        objects.addAll(compileAll(library.resolve("src"), "library"));
        List<String> quoted =
                objects.stream().map(object -> "\"" + object + "\"").toList();
        run("recipe.c.combine.pattern", Map.of("object_files", String.join(" ", quoted)));
        return folder.resolve("sketch.elf");
    }

    /** Compiles a sketch that uses one library, and neither that nor the core. */
    public List<Path> compile(Path sketch, Path library) throws IOException {
        includes(core(), HOME.resolve("variants").resolve(properties.get("build.variant")), library.resolve("src"));
        return compileAll(prepare(sketch), "sketch");
    }

    private Path core() {
        return HOME.resolve("cores").resolve(properties.get("build.core"));
    }

    /** What was built as a file of Intel's hexadecimal format. */
    public Path hex() {
        run("recipe.objcopy.hex.pattern", Map.of());
        return folder.resolve("sketch.hex");
    }

    /** What the core's size recipe counts, by one of its expressions. */
    int size(String regex) {
        Matcher line =
                Pattern.compile(properties.get(regex), Pattern.MULTILINE).matcher(run("recipe.size.pattern", Map.of()));
        int bytes = 0;
        while (line.find()) {
            bytes += Integer.parseInt(line.group(1));
        }
        return bytes;
    }

    /** A property of the board. */
    int number(String property) {
        return Integer.parseInt(properties.get(property));
    }

    private void includes(Path... folders) {
        List<String> options = new ArrayList<>();
        for (Path include : folders) {
            options.add("\"-I" + include + "\"");
        }
        properties.put("includes", String.join(" ", options));
    }

    /** A copy of the sketch in which the .ino file is C++. */
    private Path prepare(Path sketch) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("prepared"));
        for (Path file : files(sketch)) {
            String name = file.getFileName().toString();
            String text = Files.readString(file);
            if (name.endsWith(".ino")) {
                Files.writeString(copy.resolve(name + ".cpp"), "#include <Arduino.h>\n#line 1\n" + text);
            } else {
                Files.writeString(copy.resolve(name), text);
            }
        }
        return copy;
    }

    private List<Path> compileAll(Path sources, String name) throws IOException {
        Path objects = Files.createDirectories(folder.resolve(name));
        List<Path> made = new ArrayList<>();
        for (Path source : files(sources)) {
            String file = source.getFileName().toString();
            String kind = file.substring(file.lastIndexOf('.') + 1);
            if (List.of("c", "cpp", "S").contains(kind)) {
                Path object = objects.resolve(file + ".o");
                String said = run(
                        "recipe." + kind + ".o.pattern",
                        Map.of("source_file", source.toString(), "object_file", object.toString()));
                assertThat(name.equals("core") ? "" : said)
                        .as("warnings of %s", source)
                        .isEmpty();
                made.add(object);
            }
        }
        return made;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Runs a recipe; gives all that it says. */
    private String run(String recipe, Map<String, String> also) {
        Map<String, String> all = new TreeMap<>(properties);
        all.putAll(also);
        List<String> command = words(expand(all.get(recipe), all));
        ToolRun run = ToolRun.of(command, folder, TIMEOUT);
        assertThat(run.succeeded()).as("%s: %s", command, run.errors()).isTrue();
        return run.output() + run.errors();
    }

    private static String expand(String text, Map<String, String> properties) {
        String expanded = PROPERTY.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(properties.getOrDefault(name.group(1), "")));
        return expanded.equals(text) ? text : expand(expanded, properties);
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
