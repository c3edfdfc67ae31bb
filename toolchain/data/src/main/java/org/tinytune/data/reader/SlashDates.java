package org.tinytune.data.reader;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The days of dates with slashes, {@code 1/31/2026} or {@code 31/1/2026}. The first number above 12 tells whether the
 * day or the month comes first; until then a date may only repeat the one before it, for which the order is the same.
 */
final class SlashDates {
    private static final int MONTHS = 12;

    private Optional<Written> first = Optional.empty();
    private Optional<Boolean> dayFirst = Optional.empty();

    /** A date as it is written. */
    private record Written(int left, int middle, int year) {
        Optional<Boolean> tellsDayFirst() {
            return left > MONTHS == middle > MONTHS ? Optional.empty() : Optional.of(left > MONTHS);
        }

        LocalDate date(boolean dayFirst) {
            return LocalDate.of(year, dayFirst ? middle : left, dayFirst ? left : middle);
        }
    }

    /**
     * Days from the first date to another; empty if the order is not known yet.
     *
     * @throws java.time.DateTimeException if there is no such day
     */
    OptionalLong daysSinceFirst(int left, int middle, int year) {
        Written date = new Written(left, middle, year);
        first = first.or(() -> Optional.of(date));
        dayFirst = dayFirst.or(date::tellsDayFirst);
        if (dayFirst.isPresent()) {
            boolean order = dayFirst.get();
            return OptionalLong.of(ChronoUnit.DAYS.between(first.get().date(order), date.date(order)));
        }
        if (!date.equals(first.get())) {
            return OptionalLong.empty();
        }
        LocalDate unused = date.date(false); // checks it: neither number is above 12, or both are
        return OptionalLong.of(0);
    }
}
