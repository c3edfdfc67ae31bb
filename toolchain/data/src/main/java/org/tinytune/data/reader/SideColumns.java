package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tinytune.core.graph.TaskKind;

/**
 * The columns of a table of samples beside its values: the label or targets, the group, and what is called as numbers
 * of rows, further groups and codes of the label are. These would tell a network what it is to find out, so that they
 * are values only if the user says so, or nothing else is left. What names mean is the same for all other tables.
 *
 * @param targets index of the label, or of each target of a regression
 * @param group index of the group, or -1
 * @param groupIsStated whether the user says so
 * @param left indices of the others that are no values
 * @param values indices of the values, in their order
 */
record SideColumns(List<Integer> targets, int group, boolean groupIsStated, List<Integer> left, List<Integer> values) {
    /** Names of a label column, if it holds words, in order of preference and without what separates words. */
    private static final List<String> WORD_LABELS = List.of(
            "labels",
            "activity",
            "activitylabel",
            "activityname",
            "gesture",
            "groundtruth",
            "gt",
            "category",
            "klasse",
            "movement",
            "exercise",
            "action",
            "posture",
            "behavior",
            "behaviour",
            "state",
            "event",
            "condition",
            "fault");

    /** Numbers of rows, packets or devices, without what separates words. */
    private static final Set<String> NUMBERS = Set.of(
            "",
            "#",
            "index",
            "idx",
            "row",
            "id",
            "uuid",
            "sampleid",
            "rowid",
            "deviceid",
            "msgid",
            "seq",
            "sequence",
            "counter",
            "packet",
            "packetid",
            "nr",
            "no",
            "lfdnr");

    /** What pandas calls a column without a name. */
    private static final Pattern UNNAMED = Pattern.compile("unnamed[0-9]*");

    private static final String CODE = "(id|code|nr|no|num|number|idx|index)";
    private static final Pattern GROUP =
            Pattern.compile("(group|subject|user|participant|person|speaker)(name|" + CODE + ")?");
    private static final Pattern LABEL_CODE =
            Pattern.compile("(label|class|target|activity|gesture|category|state|event|klasse)(encoded|" + CODE + ")");

    /** No label is a number of this size. */
    private static final float LARGE = 1 << 24;

    /** How a user makes a value of what is left out. */
    static final String CHOOSE = "columns = \"...\", or --columns, says which ones are";

    /** The same where no option does. */
    static final String RENAME = "rename what is one";

    /** Nitric oxide, as sensors of gas are called, rather than a number. */
    private static final String NITRIC_OXIDE = "NO";

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_.:-]+");

    /**
     * Tells the columns of a table of samples.
     *
     * @param first its first row
     * @param wanted indices of the values, if the user says them
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if a column is
     *     not there that the user names
     */
    static SideColumns of(
            CsvTable table, List<String> first, DatasetDescriptor descriptor, Optional<List<Integer>> wanted) {
        int columns = first.size();
        List<String> header = table.header().orElse(List.of());
        List<Integer> targets = targets(table, first, descriptor);
        Optional<Integer> stated =
                descriptor.groupColumn().map(column -> table.column(column, columns, "group_column"));
        List<Integer> taken = new ArrayList<>(wanted.orElse(List.of()));
        taken.addAll(targets);
        int group = stated.orElseGet(() -> group(header, taken));
        if (wanted.isPresent()) {
            return new SideColumns(targets, group, stated.isPresent(), List.of(), wanted.get());
        }
        List<Integer> left = side(header).stream()
                .filter(c -> !taken.contains(c) && c != group)
                .toList();
        SideColumns found = others(columns, targets, group, stated.isPresent(), left);
        return found.values().isEmpty()
                ? others(columns, targets, stated.orElse(-1), stated.isPresent(), List.of())
                : found;
    }

    /** Values are all other columns. */
    private static SideColumns others(
            int columns, List<Integer> targets, int group, boolean groupIsStated, List<Integer> left) {
        List<Integer> values = IntStream.range(0, columns)
                .filter(c -> !targets.contains(c) && c != group && !left.contains(c))
                .boxed()
                .toList();
        return new SideColumns(targets, group, groupIsStated, left, values);
    }

    private static List<Integer> targets(CsvTable table, List<String> first, DatasetDescriptor descriptor) {
        int columns = first.size();
        if (descriptor.targetColumns().isPresent()) {
            return descriptor.targetColumns().get().stream()
                    .map(wanted -> table.column(wanted, columns, "target_columns"))
                    .distinct()
                    .toList();
        }
        return List.of(descriptor
                .labelColumn()
                .map(wanted -> table.column(wanted, columns, "label_column"))
                .or(table::usualLabelColumn)
                .orElseGet(() -> descriptor.taskKind() == TaskKind.REGRESSION
                        ? columns - 1
                        : likelyLabel(table.header().orElse(List.of()), first)));
    }

    /** One of words that is called so; otherwise the last, but for groups and numbers if another one is called so. */
    private static int likelyLabel(List<String> header, List<String> first) {
        int last = first.size() - 1;
        if (header.isEmpty()) {
            return isLabelFirst(first) ? 0 : last;
        }
        int words = wordLabel(header, first);
        if (words >= 0 || last >= header.size() || !isSide(header.get(last))) {
            return words >= 0 ? words : last;
        }
        return IntStream.range(0, last)
                .filter(c -> isWordLabel(header.get(c)) || isLabelCode(header.get(c)))
                .findFirst()
                .orElse(last);
    }

    /**
     * Whether a table without names has its label in the first column, as archives of time series do: there is a word
     * or a whole number where the last column has a fraction, or the only word. Large numbers may be times, of which a
     * label says nothing.
     */
    private static boolean isLabelFirst(List<String> row) {
        List<Boolean> numeric = row.stream().map(CsvTable::looksNumeric).toList();
        float last = Decimal.parse(DecimalMark.isComma(row.get(row.size() - 1)) ? "0.5" : row.get(row.size() - 1));
        boolean fraction = last != Math.rint(last) && !Float.isNaN(last);
        float label = Decimal.parse(row.get(0));
        boolean whole = label == Math.rint(label);
        boolean large = row.stream().anyMatch(cell -> Math.abs(Decimal.parse(cell)) >= LARGE);
        return row.size() > 2
                && !large
                && numeric.subList(1, row.size()).stream().allMatch(n -> n)
                && (numeric.get(0) ? whole && fraction : !row.get(0).isEmpty());
    }

    /** What a user should know of them, where {@code columns} says what a value is. */
    List<String> notes(List<String> header) {
        return notes(header, "features", CHOOSE);
    }

    /**
     * What a user should know of them.
     *
     * @param header names of all columns
     * @param as what values are called
     * @param way in which the user makes one of a column, {@link #CHOOSE} or {@link #RENAME}
     */
    List<String> notes(List<String> header, String as, String way) {
        List<String> notes = new ArrayList<>();
        if (group >= 0 && !groupIsStated) {
            notes.add("samples of one " + shown(header.get(group)) + " stay in one part, and that column is none of"
                    + " the " + as + " (group_column, or --group-column, names another one; " + way + ")");
        }
        if (!left.isEmpty()) {
            notes.add(leftOut(left.stream().map(header::get).toList(), as, way));
        }
        return notes;
    }

    /**
     * The note on columns that are left out.
     *
     * @param names of them, at least one
     * @param as what they are not taken
     * @param way in which the user makes one of them, {@link #CHOOSE} or {@link #RENAME}
     */
    static String leftOut(Collection<String> names, String as, String way) {
        List<String> shown = names.stream().map(SideColumns::shown).toList();
        return (names.size() == 1 ? "the column " : "the columns ") + ColumnNames.list(shown)
                + (names.size() == 1 ? " is" : " are") + " taken for no " + as + " (" + way + ")";
    }

    /** A name as a message may show it. */
    static String shown(String name) {
        return name.isEmpty() ? "(without a name)" : CsvTable.shown(name);
    }

    /** The columns that are called as numbers of rows, groups and codes of labels are. */
    static List<Integer> side(List<String> header) {
        return IntStream.range(0, header.size())
                .filter(c -> isSide(header.get(c)))
                .boxed()
                .toList();
    }

    /** Whether a column is called as numbers of rows, groups or codes of labels are. */
    static boolean isSide(String name) {
        return isNumber(name) || isGroup(name) || isLabelCode(name);
    }

    private static boolean isGroup(String name) {
        return GROUP.matcher(joined(name)).matches();
    }

    private static boolean isLabelCode(String name) {
        return LABEL_CODE.matcher(joined(name)).matches();
    }

    /** Whether a column is called as numbers of rows are. */
    static boolean isNumber(String name) {
        String joined = joined(name);
        return !name.equals(NITRIC_OXIDE)
                && (NUMBERS.contains(joined) || UNNAMED.matcher(joined).matches());
    }

    /** Whether a column is called as labels are that need not be said if they are words. */
    static boolean isWordLabel(String name) {
        return WORD_LABELS.contains(joined(name));
    }

    /** The first column that is called as groups are; -1 if there is none but those that are something else. */
    static int group(List<String> header, Collection<Integer> taken) {
        return IntStream.range(0, header.size())
                .filter(c -> !taken.contains(c) && isGroup(header.get(c)))
                .findFirst()
                .orElse(-1);
    }

    /** The column of words that is called as labels of words are; -1 if there is none. */
    static int wordLabel(List<String> header, List<String> first) {
        return IntStream.range(0, Math.min(header.size(), first.size()))
                .filter(c -> isWordLabel(header.get(c)) && !CsvTable.looksNumeric(first.get(c)))
                .boxed()
                .min(Comparator.comparingInt(c -> WORD_LABELS.indexOf(joined(header.get(c)))))
                .orElse(-1);
    }

    /** The words of a name in one, in lower case: {@code subjectid} of {@code Subject ID}. */
    private static String joined(String name) {
        return BETWEEN_WORDS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
