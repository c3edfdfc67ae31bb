/**
 * Readings that a sketch prints as lines of numbers: how they look, how often they come, and recordings of them.
 *
 * <p>A <em>moment</em> is a line that is, or should have been, readings. A line that arrives broken still takes its
 * moment, so that the readings behind it keep their time.
 */
package org.tinytune.device.stream;
