package org.tinytune.data.check;

import java.util.List;

/**
 * Something that is doubtful about a data set.
 *
 * @param severity how much it matters
 * @param check a word that scripts can rely on, such as {@code leaked-duplicates}
 * @param what was found, in one line
 * @param count of the samples, labels, groups or channels that it is about
 * @param places some of them, at most {@value #MAX_PLACES}
 * @param suggestion what to do about it
 */
public record Finding(Severity severity, String check, String what, int count, List<Place> places, String suggestion) {
    /** How many places are kept. */
    public static final int MAX_PLACES = 5;

    /** Keeps the first places. */
    public Finding {
        places = List.copyOf(places.subList(0, Math.min(MAX_PLACES, places.size())));
    }

    /** One that is about the data set as a whole. */
    static Finding of(Severity severity, String check, String what, int count, String suggestion) {
        return new Finding(severity, check, what, count, List.of(), suggestion);
    }
}
