package org.tinytune.runtimegen;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several libraries as one translation unit, each as it was generated: macros set the names apart that are private to a
 * library.
 */
final class LibraryUnit {
    /** What a library defines for itself: its functions, constants, arena and states. */
    private static final Pattern PRIVATE =
            Pattern.compile("^(?:static|TT_SHARED) [\\w *]*?\\b(\\w+)(?:\\[|\\(| =|;)", Pattern.MULTILINE);

    private final StringBuilder text = new StringBuilder();

    /** Adds a library, whose prefix no other one has. */
    void add(CLibrary library) {
        StringBuilder after = new StringBuilder();
        Matcher definitions = PRIVATE.matcher(library.files().get(library.source()));
        definitions.results().map(found -> found.group(1)).distinct().forEach(name -> {
            text.append("#define %s %s_%s\n".formatted(name, library.prefix(), name));
            after.append("#undef ").append(name).append('\n');
        });
        text.append("#include \"").append(library.source()).append("\"\n").append(after);
    }

    /** What a compiler reads. */
    String text() {
        return text.toString();
    }
}
