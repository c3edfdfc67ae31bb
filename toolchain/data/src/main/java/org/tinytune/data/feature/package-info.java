/**
 * Features of windows of sensor data, as a network takes them: made by the same blocks, in the same integers, as on a
 * board.
 */
package org.tinytune.data.feature;
