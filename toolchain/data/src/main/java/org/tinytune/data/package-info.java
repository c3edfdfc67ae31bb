/**
 * Data sets in memory: what a sample is, where its values are kept, and what is known of them.
 *
 * <p>Notation: a sample is {@code [H, W, C]} (an image) or {@code [N]} (features), without a batch extent; its
 * <em>raw</em> values are those of the file, before any {@linkplain org.tinytune.core.graph.InputEncoding encoding}.
 *
 * <p>Packages below, each depending on this one only: {@code reader} (files to data sets), {@code split} (data sets to
 * parts), {@code augmentation} (training samples to other training samples); and {@code check} (data sets to what is
 * doubtful about them), which looks at parts too.
 */
package org.tinytune.data;
