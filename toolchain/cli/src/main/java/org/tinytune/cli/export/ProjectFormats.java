package org.tinytune.cli.export;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All formats, in the order in which help lists them. */
public final class ProjectFormats implements Iterable<String> {
    /** All of them. */
    public static final List<ProjectFormat> ALL = List.of(
            new PlainCFormat(),
            new CmakeFormat(),
            new ArduinoFormat(),
            new PlatformioFormat(),
            new ZephyrFormat(),
            new CmsisPackFormat(),
            new TfliteFormat());

    /** The format with that id. */
    public static Optional<ProjectFormat> named(String id) {
        return ALL.stream().filter(format -> format.id().equals(id)).findFirst();
    }

    /** Their ids, for messages. */
    public static String ids() {
        return ALL.stream().map(ProjectFormat::id).collect(Collectors.joining(", "));
    }

    /** Their ids, which complete {@code --format}. */
    @Override
    public Iterator<String> iterator() {
        return ALL.stream().map(ProjectFormat::id).iterator();
    }
}
