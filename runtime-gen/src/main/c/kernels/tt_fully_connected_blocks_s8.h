/*
 * FULLY_CONNECTED by blocks, see tt_blocks.h: input [N, C_IN], output [N, C_OUT], all int8.
 *
 * A weight serves once, so that there is nothing to share but the input: eight channels at a time take it. Weights are
 * packed as [C_OUT / 8, C_IN, 8], the last block filled up with 0.
 */
#ifndef TT_FULLY_CONNECTED_BLOCKS_S8_H
#define TT_FULLY_CONNECTED_BLOCKS_S8_H

#include "tt_blocks.h"

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
} tt_fully_connected_blocks_params;

/*
 * All channels of a row of the input. parameters are those of a block, without biases; bias[c] is the layer's bias less
 * the input's zero point times the sum of the channel's weights, for whole blocks.
 */
TT_SHARED void tt_fully_connected_rows(const tt_outputs *o, const int8_t *x, int n, const int8_t *weights,
                                       const int32_t *bias, const int32_t *parameters, int8_t *output, int relu)
{
    const int32_t start = tt_block_start(x, n);
    for (int remaining = o->channels; remaining > 0; remaining -= 8) {
        int32_t sums[8];
        tt_rows_8(sums, bias, start, x, n, weights);
        for (int c = 0; c < 8 && c < remaining; c += 4) {
            const int channels = remaining - c < 4 ? remaining - c : 4;
            tt_block_outputs(o, &sums[c], parameters, channels, output, relu);
            output += channels;
        }
        bias += 8;
        weights += 8 * n;
    }
}

/* The whole output. */
TT_KERNEL void tt_fully_connected_blocks_s8(const tt_fully_connected_blocks_params *p, const int8_t *input,
                                            const int8_t *weights, const int32_t *bias, int8_t *output)
{
    const tt_outputs outputs = {p->output_channels, p->output_zero_point, p->activation_min, p->activation_max};
    const int32_t parameters[9] = {0, 0, 0, 0, p->multiplier, p->multiplier, p->multiplier, p->multiplier,
                                   p->half_shift * INT32_C(0x01010101)};
    for (int n = 0; n < p->batches; n++) {
        tt_fully_connected_rows(&outputs, input, p->input_channels, weights, bias, parameters, output, p->relu);
        input += p->input_channels;
        output += p->output_channels;
    }
}

#endif
