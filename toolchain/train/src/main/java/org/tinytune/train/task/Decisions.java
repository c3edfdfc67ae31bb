package org.tinytune.train.task;

import java.util.List;

/**
 * What samples are, and what they were taken for.
 *
 * @param labels of the classes
 * @param targets the class of each sample, an index into the labels
 * @param predictions what each was taken for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Decisions(List<String> labels, int[] targets, int[] predictions) {}
