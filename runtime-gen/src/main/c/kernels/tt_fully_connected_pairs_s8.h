/*
 * FULLY_CONNECTED on pairs of int16, see tt_pairs.h: input [N, C_IN], output [N, C_OUT], all int8.
 *
 * A weight serves once, so nothing is widened in advance: four taps are, for four channels.
 */
#ifndef TT_FULLY_CONNECTED_PAIRS_S8_H
#define TT_FULLY_CONNECTED_PAIRS_S8_H

#include "tt_pairs.h"

typedef struct {
    int batches;
    int input_channels;
    int output_channels;
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

/* The whole output. */
TT_KERNEL void tt_fully_connected_pairs_s8(const tt_fully_connected_pairs_params *p, const int8_t *input,
                                           const int32_t *weights, const int32_t *bias, int8_t *output)
{
    const int32_t rounding = tt_rounding(p->output_zero_point, p->half_shift);
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
