/**
 * What is doubtful about a data set, before anything is trained on it: each check is a class that looks at the data and
 * says what it found. A few passes over the values; time and memory grow with the number of samples, not its square.
 *
 * <p>May depend on {@code org.tinytune.data} and its packages {@code split}, {@code augmentation} and
 * {@code recording}.
 */
package org.tinytune.data.check;
