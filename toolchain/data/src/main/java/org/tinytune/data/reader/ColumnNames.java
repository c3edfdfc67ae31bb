package org.tinytune.data.reader;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.TinytuneException;

/** Columns, or channels, as users call them: by name, in any case of letters if that is clear, or by number from 1. */
final class ColumnNames {
    private ColumnNames() {}

    /**
     * Finds columns.
     *
     * @param all names of all columns
     * @return the index of each
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if one is not
     *     there, is named twice, or shares its name with another
     */
    static List<Integer> find(DataFile file, List<String> wanted, List<String> all) {
        Map<String, Integer> places = new HashMap<>();
        Set<String> several = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            if (places.putIfAbsent(all.get(i), i) != null) {
                several.add(all.get(i));
            }
        }
        Set<Integer> found = new LinkedHashSet<>();
        for (String name : wanted) {
            int index = places.containsKey(name) ? places.get(name) : index(name, all);
            if (several.contains(name)) {
                throw severalOf(file, name, all);
            }
            if (index < 0 || found.contains(index)) {
                throw file.invalid(
                        (index < 0 ? " has no column '" : " is asked twice for the column '") + CsvTable.shown(name)
                                + "' (its columns are " + list(all) + ": give names, or numbers from 1)");
            }
            found.add(index);
        }
        return List.copyOf(found);
    }

    /** Refuses channels that cannot be told apart. */
    static void requireDistinct(DataFile file, List<Integer> chosen, List<String> all) {
        List<String> names = chosen.stream().map(all::get).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw severalOf(file, name, all);
            }
        }
    }

    private static TinytuneException severalOf(DataFile file, String name, List<String> all) {
        return file.invalid(" has several columns called '" + CsvTable.shown(name) + "' (its columns are " + list(all)
                + ": rename one, or choose by numbers, columns = \"2,3\", or --columns)");
    }

    /** The index of a column by name or number; below 0 if there is none. */
    static int index(String wanted, List<String> all) {
        int named = named(wanted, all);
        int number = wanted.matches("[0-9]{1,6}") ? Integer.parseInt(wanted) : 0;
        return named < 0 && number <= all.size() ? number - 1 : named;
    }

    /** The index of a column by name; below 0 if there is none, or letters of another case leave several. */
    static int named(String wanted, List<String> all) {
        if (all.contains(wanted)) {
            return all.indexOf(wanted);
        }
        List<String> lower = lower(all);
        int first = lower.indexOf(wanted.toLowerCase(Locale.ROOT));
        return first == lower.lastIndexOf(wanted.toLowerCase(Locale.ROOT)) ? first : -1;
    }

    /**
     * The index of a column by one of several names, in any case of letters; empty if there is none.
     *
     * @param names in lower case, in order of preference
     */
    static Optional<Integer> anyOf(List<String> names, List<String> all) {
        List<String> lower = lower(all);
        return names.stream().map(lower::indexOf).filter(i -> i >= 0).findFirst();
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** Names as a message may show them. */
    static String list(List<String> names) {
        String text = String.join(", ", names).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }
}
