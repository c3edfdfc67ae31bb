/*
 * FULLY_CONNECTED on pairs of int16, see tt_pairs.h: input [N, C_IN], output [N, C_OUT], all int8.
 *
 * A weight serves once. Four channels are computed at a time, and taps are widened anew for each four or, where there
 * is scratch for it, once in advance.
 */
#ifndef TT_FULLY_CONNECTED_PAIRS_S8_H
#define TT_FULLY_CONNECTED_PAIRS_S8_H

#include "tt_pairs.h"

typedef struct {
    int batches;
    int input_channels;
    int output_channels;
    int widened; /* whether the taps are, in advance */
    int relu; /* whether the zero point is -128, and saturation to int8 all that clamps */
    int32_t multiplier; /* from an accumulator to the output's scale */
    int half_shift;     /* the right shift less 1, at least 0 */
    int output_zero_point; /* in [-128, 127], as all below */
    int activation_min;
    int activation_max;
} tt_fully_connected_pairs_params;

/*
 * The sums of a group of channels, doubled; gives where the next group's weights begin. bias is that of the
 * channels, of every second that of S.
 */
TT_SHARED const int32_t *tt_rows_4(const int8_t *x, int taps, const int32_t *weights, const int32_t *bias,
                                   int32_t *doubled)
{
    tt_sums sums = {{bias[0], bias[1], bias[2], bias[3]}, {0, 0, 0, 0}};
    const int8_t *end = x + (taps & ~3);
    if (x != end) {
        weights = tt_dot_4x1(&sums, x, end, weights);
    }
    taps &= 3;
    if (taps > 0) { /* the weights of what is missing are 0 */
        const int8_t last[4] = {end[0], taps > 1 ? end[1] : 0, taps > 2 ? end[2] : 0, 0};
        weights = tt_dot_4x1(&sums, last, last + 4, weights);
    }
    doubled[0] = tt_twice(sums.a[0]);
    doubled[1] = tt_twice_second(sums.a[1], sums.a[0]);
    doubled[2] = tt_twice(sums.a[2]);
    doubled[3] = tt_twice_second(sums.a[3], sums.a[2]);
    return weights;
}

#if defined(TT_HAS_ROWS)
/* All channels of x, widened or a multiple of four bytes; outputs saturate. The last group may have room for more. */
TT_KERNEL void tt_rows_of_groups(const void *x, const void *end, int taps, int channels, const int32_t *weights,
                                 const int32_t *bias, const tt_rescale *rescale, int8_t *output, int widened)
{
    const int taps_4 = (taps + 3) / 4;
    const int rest = channels & 3;
    const int whole = channels - rest;
    int last = whole == 0;
    int8_t bytes[4];
    tt_rows g = {x,    end,          taps_4 & 1, tt_rows_skip(taps_4, widened), weights,
                 bias, bias + whole, *rescale,   output};
    for (;;) {
        if (last) {
            g.weights += whole * taps_4;
            g.end_of_bias += 4;
            g.output = bytes;
        }
        tt_groups_of_rows(&g, widened);
        if (last || rest == 0) {
            break;
        }
        last = 1;
    }
    for (int c = 0; c < rest; c++) {
        output[whole + c] = bytes[c];
    }
}

TT_SHARED void tt_rows_of_bytes(const int8_t *x, int taps, int channels, const int32_t *weights, const int32_t *bias,
                                const tt_rescale *rescale, int8_t *output)
{
    tt_rows_of_groups(x, x + taps, taps, channels, weights, bias, rescale, output, 0);
}

TT_SHARED void tt_rows_widened(const int8_t *x, int taps, tt_pair *patch, int channels, const int32_t *weights,
                               const int32_t *bias, const tt_rescale *rescale, int8_t *output)
{
    const int rest = taps & 3;
    tt_pair *end = patch + taps / 4 * 2;
    tt_widen_1(patch, x, taps / 4);
    if (rest > 0) { /* the weights of what is missing are 0 */
        x += taps - rest;
        const int8_t last[4] = {x[0], rest > 1 ? x[1] : 0, rest > 2 ? x[2] : 0, 0};
        tt_widen_1(end, last, 1);
        end += 2;
    }
    tt_rows_of_groups(patch, end, taps, channels, weights, bias, rescale, output, 1);
}
#endif

/* The whole output. scratch, aligned to words: 2 bytes a tap, filled up to a multiple of four, if taps are widened. */
TT_KERNEL void tt_fully_connected_pairs_s8(const tt_fully_connected_pairs_params *p, const int8_t *input,
                                           const int32_t *weights, const int32_t *bias, int8_t *scratch,
                                           int8_t *output)
{
    const int32_t rounding = tt_rounding(p->output_zero_point, p->half_shift);
#if defined(TT_HAS_ROWS)
    if (p->widened || p->input_channels % 4 == 0) {
        const tt_rescale rescale = {p->multiplier, p->half_shift, rounding};
        const tt_outputs outputs = {p->output_channels, p->output_zero_point, p->activation_min, p->activation_max};
        for (int n = 0; n < p->batches; n++) {
            if (p->widened) {
                tt_rows_widened(input, p->input_channels, (tt_pair *)(void *)scratch, p->output_channels, weights, bias,
                                &rescale, output);
            } else {
                tt_rows_of_bytes(input, p->input_channels, p->output_channels, weights, bias, &rescale, output);
            }
            tt_clamp_saturated(&outputs, output);
            input += p->input_channels;
            output += p->output_channels;
        }
        return;
    }
#endif
    (void)scratch;
    for (int n = 0; n < p->batches; n++) {
        const int32_t *w = weights;
        for (int c = 0; c < p->output_channels; c += 4) {
            int32_t doubled[4];
            w = tt_rows_4(input, p->input_channels, w, &bias[c], doubled);
            for (int i = 0; i < 4 && c + i < p->output_channels; i++) {
                const int32_t y =
                    tt_output_of_twice(doubled[i], p->multiplier, p->half_shift, rounding, p->relu);
                *output++ = p->relu ? (int8_t)y : tt_clamp(y, p->activation_min, p->activation_max);
            }
        }
        input += p->input_channels;
    }
}

#endif
