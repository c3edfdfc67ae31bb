/**
 * Data sets to parts: training and validation for the search, and a test part that nobody opens before the end.
 *
 * <p>Every part is stratified, seeded, ascending in the order of the data set, and the same on every JDK. May depend on
 * {@code org.tinytune.data}.
 */
package org.tinytune.data.split;
