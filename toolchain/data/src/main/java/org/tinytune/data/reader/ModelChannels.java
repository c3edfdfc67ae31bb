package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.recording.Readings;

/**
 * The channels that a model takes, and how those of recordings become them: by name, otherwise in their order, if they
 * are as many or are to be mixed to one.
 */
public final class ModelChannels {
    /** Of no model: whatever recordings have. */
    public static final ModelChannels ANY = new ModelChannels(List.of(), "", true, note -> {});

    /** The name of a channel that all others were mixed to. */
    static final String MONO = "mono";

    private final List<String> names;
    private final String unit;
    private final boolean byName;
    private final Consumer<String> notes;

    /**
     * Those of a model.
     *
     * @param names in its order, as its metadata have them; none if they do not tell
     * @param unit of its readings; empty if nothing is known of it
     * @param byName whether they are looked for by name: not where the user says which channels are meant
     * @param notes told what the user should know
     */
    public ModelChannels(List<String> names, String unit, boolean byName, Consumer<String> notes) {
        this.names = List.copyOf(names);
        this.unit = unit;
        this.byName = byName;
        this.notes = notes;
    }

    /** Whether there are names to look for. */
    public boolean areNamed() {
        return byName && !names.isEmpty();
    }

    /** The places of the model's channels among names; empty if one is missing. */
    Optional<List<Integer>> found(List<String> given) {
        // A comma in a name became a space in the metadata.
        List<String> stored = given.stream().map(name -> name.replace(',', ' ')).toList();
        if (stored.equals(names)) {
            return Optional.of(inOrder());
        }
        List<Integer> places = new ArrayList<>();
        for (String channel : names) {
            int place = ColumnNames.named(channel, stored);
            if (place < 0 || places.contains(place)) {
                return Optional.empty();
            }
            places.add(place);
        }
        return Optional.of(places);
    }

    /** The channels to take of recordings, by name; empty if all are taken as they are. */
    Optional<List<Integer>> chosen(List<String> given) {
        return names.isEmpty() || !byName ? Optional.empty() : found(given);
    }

    /** Whether recordings of several channels are mixed to the only one of the model, which is not among them. */
    boolean mixes(Readings.Kind kind) {
        return names.size() == 1 && (names.get(0).equals(MONO) || kind == Readings.Kind.AUDIO);
    }

    /**
     * Checks channels that are taken as they are, and tells if they are called otherwise than the model's.
     *
     * @param source of recordings, with which messages begin
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the model takes more or fewer
     */
    void check(String source, List<String> given, Readings.Kind kind) {
        Optional<List<Integer>> found = found(given);
        if (names.isEmpty() || (given.size() == names.size() && found.equals(Optional.of(inOrder())))) {
            return;
        }
        boolean mixed = mixes(kind);
        if (given.size() < names.size() || (given.size() > names.size() && !mixed)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    source + " has " + counted(given) + ", the model takes " + counted(names)
                            + (given.size() > names.size() ? ": say which ones by --columns" : ""));
        }
        // Who says which channels are meant knows their names, but may be mistaken in their order.
        boolean worthTelling = byName ? kind == Readings.Kind.SERIES : found.isPresent();
        if (!mixed && worthTelling) {
            notes.accept(source + " has the channels " + ColumnNames.list(given) + ", taken for "
                    + ColumnNames.list(names) + " in this order");
        }
    }

    /** Whether readings are of the model's unit, as far as both are known. */
    boolean isUnit(String other) {
        return other.isEmpty() || unit.isEmpty() || other.equals(unit);
    }

    /** Tells of readings of another unit. */
    void checkUnit(String source, String other) {
        if (!isUnit(other)) {
            notes.accept(source + " holds readings in " + other + ", the model was trained on " + unit
                    + ": they are not converted");
        }
    }

    private List<Integer> inOrder() {
        return IntStream.range(0, names.size()).boxed().toList();
    }

    private static String counted(List<String> names) {
        return names.size() + (names.size() == 1 ? " channel, " : " channels, ") + ColumnNames.list(names);
    }

    /** The same of all: they say nothing of how a file is decoded, on which its place in the cache depends. */
    @Override
    public String toString() {
        return "";
    }
}
