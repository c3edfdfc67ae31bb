package org.tinytune.train.network;

/**
 * Some of the trained parameters, all of one tensor: what one thread updates at a time. How parameters are divided
 * depends on the network alone, so sums that are kept by range and added in the order of the ranges do not depend on
 * the number of threads.
 *
 * @param index of the range, from 0
 * @param tensor that it belongs to: the position among the trained tensors, from 0
 * @param begin its first element
 * @param end one past its last element
 * @param weights whether they are weights, to which weight decay applies; not a bias or the like
 */
public record ParameterRange(int index, int tensor, int begin, int end, boolean weights) {}
