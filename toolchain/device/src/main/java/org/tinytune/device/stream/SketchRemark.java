package org.tinytune.device.stream;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sketch says of itself, in a line that begins with {@code #}: {@code # tinytune rate=100 columns=ax,ay,az}, at
 * any time and as often as it likes, or {@code # late 3} if it missed three moments. Other remarks say nothing.
 *
 * @param rateHz moments a second, if it says so
 * @param columns their names in order; empty if it does not say
 * @param missed moments just before the next line
 */
record SketchRemark(OptionalDouble rateHz, List<String> columns, int missed) {
    private static final String MARK = "#";
    private static final Pattern RATE = Pattern.compile("# ?tinytune .*\\brate=([0-9]{1,7}(?:\\.[0-9]{1,6})?)\\b.*");
    private static final Pattern COLUMNS = Pattern.compile("# ?tinytune .*\\bcolumns=(\\S+).*");
    private static final Pattern LATE = Pattern.compile("# ?late ([0-9]{1,6})");

    /** The remark that a line is; empty if it is none. */
    static Optional<SketchRemark> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        Matcher rate = RATE.matcher(line);
        Matcher columns = COLUMNS.matcher(line);
        Matcher late = LATE.matcher(line);
        OptionalDouble rateHz =
                rate.matches() ? OptionalDouble.of(Double.parseDouble(rate.group(1))) : OptionalDouble.empty();
        return Optional.of(new SketchRemark(
                rateHz.isPresent() && rateHz.getAsDouble() > 0 ? rateHz : OptionalDouble.empty(),
                columns.matches() ? Cells.names(columns.group(1)).orElse(List.of()) : List.of(),
                late.matches() ? Integer.parseInt(late.group(1)) : 0));
    }
}
