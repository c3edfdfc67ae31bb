/*
 * FULLY_CONNECTED on vectors, see tt_vectors.h: input [N, C_IN], weights [C_OUT, C_IN], output [N, C_OUT], all int8.
 *
 * A weight serves once, so weights lie as they are: four rows of them share what is loaded of the input.
 */
#ifndef TT_FULLY_CONNECTED_VECTORS_S8_H
#define TT_FULLY_CONNECTED_VECTORS_S8_H

#include "tt_vectors.h"

typedef struct {
    int batches;
    int input_channels;
    int output_channels;
    int32_t multiplier; /* from an accumulator to the output's scale */
    int shift;
    int output_zero_point; /* in [-128, 127], as all below */
    int activation_min;
    int activation_max;
} tt_fully_connected_vectors_params;

/* The outputs of four rows of weights. */
TT_KERNEL void tt_fully_connected_4(const tt_fully_connected_vectors_params *p, const int32_t *sums, int8_t *output)
{
#if defined(TT_HAS_QUADS)
    tt_quad_output_s8(output, tt_quad_of_s32(sums), p->multiplier, p->shift, p->output_zero_point, p->activation_min,
                      p->activation_max);
#else
    for (int c = 0; c < 4; c++) {
        output[c] = tt_output_s8(sums[c], p->multiplier, p->shift, p->output_zero_point, p->activation_min,
                                 p->activation_max);
    }
#endif
}

/* The whole output. bias[c] is the layer's bias less the input's zero point times the sum of the channel's weights. */
TT_KERNEL void tt_fully_connected_vectors_s8(const tt_fully_connected_vectors_params *p, const int8_t *input,
                                             const int8_t *weights, const int32_t *bias, int8_t *output)
{
    const int taps = p->input_channels;
    for (int n = 0; n < p->batches; n++) {
        const int8_t *w = weights;
        int c = 0;
        for (; c + 4 <= p->output_channels; c += 4) {
            int32_t sums[4] = {bias[c], bias[c + 1], bias[c + 2], bias[c + 3]};
            const int8_t *const rows[4] = {w, w + taps, w + 2 * taps, w + 3 * taps};
            tt_dot_rows_4(sums, input, rows, taps);
            tt_fully_connected_4(p, sums, output);
            output += 4;
            w += 4 * taps;
        }
        for (; c < p->output_channels; c++) {
            const int32_t acc = tt_dot_s8(bias[c], input, w, taps);
            *output++ = tt_output_s8(acc, p->multiplier, p->shift, p->output_zero_point, p->activation_min,
                                     p->activation_max);
            w += taps;
        }
        input += taps;
    }
}

#endif
