package org.tinytune.data.check;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a finding is.
 *
 * @param sample its number in the data set, in the order of the files, from 0
 * @param part that it is in
 * @param label empty if there are none
 * @param group empty if there are none
 * @param like the number of the sample that it is a copy of, where that is the finding
 */
public record Place(int sample, PartName part, Optional<String> label, Optional<String> group, OptionalInt like) {}
