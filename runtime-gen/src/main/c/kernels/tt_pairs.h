/*
 * Kernels on pairs of int16: two products an instruction, several sums at a time, so that what is loaded serves often.
 *
 * Weights are packed at export. A word holds two taps of two channels, as halves 256 * second + first: widening its even
 * bytes gives the first channel's pair, and the word itself, taken as a pair, gives a sum S = 256 * second sum + first
 * sum, from which the second is (S - first) / 256. So two channels cost one load and one widening. It needs the second
 * sum to stay below 2^23 in magnitude, which the exporter proves from the weights.
 *
 * Taps come in fours, in the order 0 2 1 3 in which widening gives them; the last are filled up with weights of 0.
 * Channels come in fours as well.
 */
#ifndef TT_PAIRS_H
#define TT_PAIRS_H

#include "tt_kernel.h"

/* Twice the second sum of S and the first. */
TT_KERNEL int32_t tt_twice_second(int32_t mixed, int32_t first)
{
    return (int32_t)((uint32_t)mixed - (uint32_t)first) >> 7;
}

/* Widens n times four bytes. */
TT_KERNEL void tt_widen_1(tt_pair *patch, const int8_t *x, int n)
{
    for (; n > 0; n--) {
        const uint32_t word = tt_load_s8x4(x);
        *patch++ = tt_even_s8x4(word);
        *patch++ = tt_odd_s8x4(word);
        x += 4;
    }
}

/* Clamps outputs that have saturated to int8, where that is not all. */
TT_KERNEL void tt_clamp_saturated(const tt_outputs *o, int8_t *output)
{
    if (o->activation_min > INT8_MIN || o->activation_max < INT8_MAX) {
        for (int c = 0; c < o->channels; c++) {
            output[c] = tt_clamp(output[c], o->activation_min, o->activation_max);
        }
    }
}

#if !defined(TT_HAS_GROUPS)
/*
 * All channels at two positions. patch holds the taps of both, four words for four taps: even a, even b, odd a, odd b.
 *
 * parameters has nine words for four channels: bias, of every second channel S's; multiplier, in [2^30, 2^31) or 0; and
 * the right shift less 1, at least 0, a byte each.
 */
TT_KERNEL void tt_columns(const tt_outputs *o, const tt_pair *patch, int taps_4, const int32_t *weights,
                          const int32_t *parameters, int8_t *out_a, int8_t *out_b, int relu)
{
    const tt_outputs layer = *o; /* a copy, which no write of an output can change */
    const tt_pair *end = patch + 4 * taps_4;
    int remaining = layer.channels;
    while (remaining > 0) {
        tt_sums sums = {{parameters[0], parameters[1], parameters[2], parameters[3]},
                        {parameters[0], parameters[1], parameters[2], parameters[3]}};
        weights = tt_dot_4x2(&sums, patch, end, weights);
        const uint32_t half_shifts = (uint32_t)parameters[8];
        TT_UNROLL_4
        for (int c = 0; c < 4; c++) {
            const int second = c % 2;
            const int32_t multiplier = parameters[4 + c];
            const int half_shift = (int)(half_shifts >> 8 * c & 31u);
            const int32_t rounding = tt_rounding(layer.zero_point, half_shift);
            const int32_t twice_a = second ? tt_twice_second(sums.a[c], sums.a[c - 1]) : tt_twice(sums.a[c]);
            const int32_t twice_b = second ? tt_twice_second(sums.b[c], sums.b[c - 1]) : tt_twice(sums.b[c]);
            const int32_t a = tt_output_of_twice(twice_a, multiplier, half_shift, rounding, relu);
            const int32_t b = tt_output_of_twice(twice_b, multiplier, half_shift, rounding, relu);
            *out_a++ = relu ? (int8_t)a : tt_clamp(a, layer.activation_min, layer.activation_max);
            *out_b++ = relu ? (int8_t)b : tt_clamp(b, layer.activation_min, layer.activation_max);
            if (--remaining == 0) {
                break;
            }
        }
        parameters += 9;
    }
}

/* All channels at one position, whose taps are still bytes, a multiple of four; patch has room to widen them. */
TT_KERNEL void tt_one_column(const tt_outputs *o, const int8_t *x, int taps, tt_pair *patch, const int32_t *weights,
                             const int32_t *parameters, int8_t *out, int relu)
{
    const tt_outputs layer = *o;
    (void)patch;
    int remaining = layer.channels;
    while (remaining > 0) {
        tt_sums sums = {{parameters[0], parameters[1], parameters[2], parameters[3]}, {0, 0, 0, 0}};
        weights = tt_dot_4x1(&sums, x, x + taps, weights);
        TT_UNROLL_4
        for (int c = 0; c < 4; c++) {
            if (c == remaining) {
                break;
            }
            const int32_t twice = c % 2 ? tt_twice_second(sums.a[c], sums.a[c - 1]) : tt_twice(sums.a[c]);
            const int half_shift = (int)((uint32_t)parameters[8] >> 8 * c & 31u);
            const int32_t rounding = tt_rounding(layer.zero_point, half_shift);
            const int32_t y = tt_output_of_twice(twice, parameters[4 + c], half_shift, rounding, relu);
            *out++ = relu ? (int8_t)y : tt_clamp(y, layer.activation_min, layer.activation_max);
        }
        remaining -= 4;
        parameters += 9;
    }
}
#else
/*
 * All channels at one position or two: in whole groups, of which the last may have room for more channels than there
 * are. The groups' outputs saturate; what clamps more is left for the end.
 */
TT_KERNEL void tt_columns_of_groups(const tt_outputs *o, const tt_pair *patch, int taps_4, const int32_t *weights,
                                    const int32_t *parameters, int8_t *out_a, int8_t *out_b, int positions, int relu)
{
    const int rest = o->channels & 3;
    int last = o->channels < 4;
    int8_t bytes[8];
    tt_groups g = {patch,
                   patch + 2 * positions * taps_4,
                   taps_4 & 1,
                   tt_groups_skip(taps_4, positions),
                   2 * o->zero_point + 1,
                   parameters + 9 * (o->channels >> 2),
                   weights,
                   parameters,
                   {out_a, out_b}};
    for (;;) {
        if (last) {
            g.end_of_parameters += 9;
            g.output[0] = bytes;
            g.output[1] = bytes + 4;
        }
        if (positions == 2) {
            tt_groups_2(&g, relu);
        } else {
            tt_groups_1(&g, relu);
        }
        if (last || rest == 0) {
            break;
        }
        last = 1;
    }
    for (int c = 0; c < rest; c++) {
        out_a[o->channels - rest + c] = bytes[c];
        if (positions == 2) {
            out_b[o->channels - rest + c] = bytes[4 + c];
        }
    }
    if (!relu) {
        tt_clamp_saturated(o, out_a);
        if (positions == 2) {
            tt_clamp_saturated(o, out_b);
        }
    }
}

TT_KERNEL void tt_columns(const tt_outputs *o, const tt_pair *patch, int taps_4, const int32_t *weights,
                          const int32_t *parameters, int8_t *out_a, int8_t *out_b, int relu)
{
    tt_columns_of_groups(o, patch, taps_4, weights, parameters, out_a, out_b, 2, relu);
}

TT_KERNEL void tt_one_column(const tt_outputs *o, const int8_t *x, int taps, tt_pair *patch, const int32_t *weights,
                             const int32_t *parameters, int8_t *out, int relu)
{
    tt_widen_1(patch, x, taps / 4);
    tt_columns_of_groups(o, patch, taps / 4, weights, parameters, out, out, 1, relu);
}
#endif

/* The same, compiled once for all layers that end in a ReLU of the whole range, and once for all others. */
TT_SHARED void tt_columns_relu(const tt_outputs *o, const tt_pair *patch, int taps_4, const int32_t *weights,
                               const int32_t *parameters, int8_t *out_a, int8_t *out_b)
{
    tt_columns(o, patch, taps_4, weights, parameters, out_a, out_b, 1);
}

TT_SHARED void tt_columns_any(const tt_outputs *o, const tt_pair *patch, int taps_4, const int32_t *weights,
                              const int32_t *parameters, int8_t *out_a, int8_t *out_b)
{
    tt_columns(o, patch, taps_4, weights, parameters, out_a, out_b, 0);
}

TT_SHARED void tt_one_column_relu(const tt_outputs *o, const int8_t *x, int taps, tt_pair *patch,
                                  const int32_t *weights, const int32_t *parameters, int8_t *out)
{
    tt_one_column(o, x, taps, patch, weights, parameters, out, 1);
}

TT_SHARED void tt_one_column_any(const tt_outputs *o, const int8_t *x, int taps, tt_pair *patch,
                                 const int32_t *weights, const int32_t *parameters, int8_t *out)
{
    tt_one_column(o, x, taps, patch, weights, parameters, out, 0);
}

/* Widens n times four bytes of two positions into a patch; gives where it ends. */
TT_SHARED tt_pair *tt_widen_2(tt_pair *patch, const int8_t *a, const int8_t *b, int n)
{
#if defined(TT_HAS_WIDEN_2)
    for (; n >= 2; n -= 2) {
        tt_widen_2_of_8(&patch, &a, &b);
    }
#endif
    for (; n > 0; n--) {
        const uint32_t x_a = tt_load_s8x4(a);
        const uint32_t x_b = tt_load_s8x4(b);
        patch[0] = tt_even_s8x4(x_a);
        patch[1] = tt_even_s8x4(x_b);
        patch[2] = tt_odd_s8x4(x_a);
        patch[3] = tt_odd_s8x4(x_b);
        patch += 4;
        a += 4;
        b += 4;
    }
    return patch;
}

#endif
