/*
 * Kernels on blocks of four channels at two positions, for machines that multiply one pair of numbers at a time: what is
 * loaded serves several products, and the sums stay in registers.
 *
 * Weights are packed at export: channels come in fours, whose weights of one tap lie side by side, and taps in twos; what
 * is missing of either is filled up with 0. A byte is a weight, or on Armv6-M, which loads no signed bytes in one
 * instruction, a weight + 128. How a machine holds what two windows see is its own matter: tt_pack_2 makes a patch of
 * their taps, which tt_block_4x2 reads.
 *
 * An accumulator becomes an output by two roundings, as tt_requantize does it: x = acc * multiplier / 2^31, ties up; then
 * x / 2^shift, ties away from zero, which is (x - (x < 0) + 2^(shift - 1)) >> shift. The zero point is added before this
 * shift. Where a ReLU follows, what is below 0 does not count, so that the term (x < 0) is left out.
 */
#ifndef TT_BLOCKS_H
#define TT_BLOCKS_H

#include "tt_kernel.h"

/* The output of an accumulator below 2^30 in magnitude; rounding is tt_rounding of the zero point and half_shift. */
TT_KERNEL int8_t tt_block_output(const tt_outputs *o, int32_t acc, int32_t multiplier, int half_shift,
                                 int32_t rounding, int relu)
{
    if (TT_RELU_FIRST && relu && acc <= 0) {
        return INT8_MIN;
    }
    int32_t x = tt_scale(acc, multiplier);
    x += rounding - (relu || x >= 0 ? 0 : 1);
    x = (x >> half_shift) >> 1;
    return relu ? tt_clamp(x, INT8_MIN, INT8_MAX) : tt_clamp(x, o->activation_min, o->activation_max);
}

/*
 * The outputs of a block at one position, of n channels. Of a block there are nine words of parameters: biases;
 * multipliers, in [2^30, 2^31) or 0; and the right shifts less 1, at least 0, a byte each.
 */
#if !defined(TT_HAS_BLOCK_OUTPUTS)
TT_KERNEL void tt_block_outputs(const tt_outputs *o, const int32_t *sums, const int32_t *parameters, int n,
                                int8_t *out, int relu)
{
    const tt_outputs layer = *o; /* a copy, which no write of an output can change */
    uint32_t half_shifts = (uint32_t)parameters[8];
    for (; n > 0; n--) {
        const int half_shift = (int)(half_shifts & 31u);
        const int32_t rounding = tt_rounding(layer.zero_point, half_shift);
        const int32_t acc = *sums++ + parameters[0];
        *out++ = tt_block_output(&layer, acc, parameters[4], half_shift, rounding, relu);
        half_shifts >>= 8;
        parameters++;
    }
}
#endif

/* All channels at two positions. */
TT_SHARED void tt_blocks_2(const tt_outputs *o, const int8_t *patch, int taps, const int8_t *weights,
                           const int32_t *parameters, int8_t *out_a, int8_t *out_b, int relu)
{
    int8_t *out[2] = {out_a, out_b};
    for (int remaining = o->channels; remaining > 0; remaining -= 4) {
        const int n = remaining < 4 ? remaining : 4;
        tt_sums sums;
        tt_block_4x2(&sums, patch, (taps + 1) / 2, weights);
        for (int i = 0; i < 2; i++) {
            tt_block_outputs(o, i == 0 ? sums.a : sums.b, parameters, n, out[i], relu);
            out[i] += n;
        }
        parameters += 9;
        weights += 8 * ((taps + 1) / 2);
    }
}

/* All channels at one position, whose taps lie side by side. */
TT_SHARED void tt_blocks_1(const tt_outputs *o, const int8_t *x, int taps, const int8_t *weights,
                           const int32_t *parameters, int8_t *out, int relu)
{
    const int32_t start = tt_block_start(x, taps);
    for (int remaining = o->channels; remaining > 0; remaining -= 4) {
        const int n = remaining < 4 ? remaining : 4;
        int32_t sums[4];
        tt_block_4x1(sums, x, taps, weights, start);
        tt_block_outputs(o, sums, parameters, n, out, relu);
        out += n;
        parameters += 9;
        weights += 8 * ((taps + 1) / 2);
    }
}

#endif
