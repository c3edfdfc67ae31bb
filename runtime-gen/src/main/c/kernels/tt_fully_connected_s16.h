/*
 * FULLY_CONNECTED: input [N, C_IN] and output [N, C_OUT], int16; weights [C_OUT, C_IN], int8.
 */
#ifndef TT_FULLY_CONNECTED_S16_H
#define TT_FULLY_CONNECTED_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int batches;
    int input_channels;
    int output_channels;
    int wide;           /* whether sums have 64 bits */
    int bias_words;     /* of each bias */
    int32_t multiplier; /* from an accumulator to the output's scale */
    int shift;
    int activation_min; /* in [-32768, 32767], as below */
    int activation_max;
} tt_fully_connected_s16_params;

/* The whole output. */
TT_KERNEL void tt_fully_connected_s16(const tt_fully_connected_s16_params *p, const int16_t *input,
                                      const int8_t *weights, const int32_t *bias, int16_t *output)
{
    for (int n = 0; n < p->batches; n++) {
        const int8_t *w = weights;
        for (int c = 0; c < p->output_channels; c++) {
            const int64_t acc = tt_dot_s16(tt_bias_s64(bias, p->bias_words, c), input, w, p->input_channels);
            *output++ = tt_output_s16(acc, p->wide, p->multiplier, p->shift, p->activation_min, p->activation_max);
            w += p->input_channels;
        }
        input += p->input_channels;
    }
}

#endif
