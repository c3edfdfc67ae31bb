package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns of a table that holds a window a row: {@code acc_x_0, acc_x_1, … acc_y_0 …}, in any order.
 *
 * @param channels names without the numbers, in the order of their first columns
 * @param moments of a window
 * @param order index of the column, among those that are values, of each reading in the order {@code [moments,
 *     channels]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WideColumns(List<String> channels, int moments, int[] order) {
    private static final Pattern NUMBERED =
            Pattern.compile("(.*?[^0-9_.\\s\\-\\[(])[_.\\s\\-\\[(]*([0-9]{1,6})[\\])]?");

    /** Fewer may well be features that are numbered. */
    private static final int MIN_MOMENTS = 8;

    /** The window that columns of these names make; empty if they make none. */
    static Optional<WideColumns> of(List<String> names) {
        Map<String, TreeMap<Integer, Integer>> columns = new LinkedHashMap<>();
        for (int c = 0; c < names.size(); c++) {
            Matcher matcher = NUMBERED.matcher(names.get(c));
            if (!matcher.matches()) {
                return Optional.empty();
            }
            columns.computeIfAbsent(matcher.group(1), name -> new TreeMap<>())
                    .putIfAbsent(Integer.parseInt(matcher.group(2)), c);
        }
        int moments = columns.isEmpty() ? 0 : names.size() / columns.size();
        if (moments < MIN_MOMENTS || !columns.values().stream().allMatch(c -> areMoments(c, moments))) {
            return Optional.empty();
        }
        int[] order = new int[names.size()];
        int channel = 0;
        for (TreeMap<Integer, Integer> ofChannel : columns.values()) {
            int moment = 0;
            for (int column : ofChannel.values()) {
                order[moment++ * columns.size() + channel] = column;
            }
            channel++;
        }
        return Optional.of(new WideColumns(List.copyOf(new ArrayList<>(columns.keySet())), moments, order));
    }

    /** Whether moments are counted from 0 or 1 without a gap. */
    private static boolean areMoments(TreeMap<Integer, Integer> columns, int moments) {
        return columns.size() == moments
                && columns.firstKey() <= 1
                && columns.lastKey() - columns.firstKey() == moments - 1;
    }

    /** Readings in the order {@code [moments, channels]}. */
    float[] ordered(float[] row) {
        float[] ordered = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            ordered[i] = row[order[i]];
        }
        return ordered;
    }
}
