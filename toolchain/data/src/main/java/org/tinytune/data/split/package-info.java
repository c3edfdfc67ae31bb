/**
 * Data sets to parts: training and validation for the search, and a test part that nobody opens before the end.
 *
 * <p>Every part is seeded, ascending in the order of the data set, and the same on every JDK. How it is chosen is a
 * {@code Division}, one class a way; all but forward chaining keep groups whole. May depend on
 * {@code org.tinytune.data}.
 *
 * <p><b>Stable and stratified.</b> Two ways were weighed for parts that stay as files are added. One sorts each class
 * by a hash and takes the first of them up to the class's share: sizes are exact, but the share grows with the class,
 * so that some samples that were trained on are tested tomorrow, and a test score is no longer comparable with
 * yesterday's. The other, which is the one here, compares a hash of each sample alone with the fraction: nothing that
 * is added or removed moves another sample. The price is that a class of n samples has its share p only up to a
 * standard deviation of sqrt(n p (1 - p)): 4 samples of 20 % of 100. Among rules that move nothing none does better,
 * for whatever evens classes out looks at other samples. Whoever asks for no stability gets sizes that are exact.
 */
package org.tinytune.data.split;
