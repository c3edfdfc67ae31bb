/*
 * FULLY_CONNECTED: input [N, C_IN], weights [C_OUT, C_IN], output [N, C_OUT], all int8.
 */
#ifndef TT_FULLY_CONNECTED_S8_H
#define TT_FULLY_CONNECTED_S8_H

#include "tt_kernel.h"

typedef struct {
    int batches;
    int input_channels;
    int output_channels;
    int32_t multiplier; /* from an accumulator to the output's scale */
    int shift;
    int output_zero_point; /* in [-128, 127], as all below */
    int activation_min;
    int activation_max;
} tt_fully_connected_params;

/* The whole output. bias[c] is the layer's bias less the input's zero point times the sum of the channel's weights. */
TT_KERNEL void tt_fully_connected_s8(const tt_fully_connected_params *p, const int8_t *input, const int8_t *weights,
                                     const int32_t *bias, int8_t *output)
{
    for (int n = 0; n < p->batches; n++) {
        const int8_t *w = weights;
        for (int c = 0; c < p->output_channels; c++) {
            const int32_t acc = tt_dot_s8(tt_flash_s32(&bias[c]), input, w, p->input_channels);
            *output++ = tt_output_s8(acc, p->multiplier, p->shift, p->output_zero_point, p->activation_min,
                                     p->activation_max);
            w += p->input_channels;
        }
        input += p->input_channels;
    }
}

#endif
