package org.tinytune.device.profile;

import java.util.List;

/**
 * One inference on a board.
 *
 * @param ticks of the firmware's clock, for the inference alone
 * @param output the output tensor's bytes
 * @param operatorCrcs CRC-32 of every operator's output in order, if the firmware traces; else empty
 */
public record Inference(long ticks, byte[] output, List<Long> operatorCrcs) {}
