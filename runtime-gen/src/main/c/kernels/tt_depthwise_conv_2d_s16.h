/*
 * DEPTHWISE_CONV_2D: input [H, W, C_IN] and output [H', W', C_OUT], int16; weights [KH, KW, C_OUT], int8;
 * C_OUT = C_IN * depth_multiplier, and output channel c sees input channel c / depth_multiplier alone.
 */
#ifndef TT_DEPTHWISE_CONV_2D_S16_H
#define TT_DEPTHWISE_CONV_2D_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int input_height;
    int input_width;
    int input_channels;
    int input_ring_rows;
    int output_height;
    int output_width;
    int output_ring_rows;
    int depth_multiplier;
    int filter_height;
    int filter_width;
    int stride_height;
    int stride_width;
    int dilation_height;
    int dilation_width;
    int padding_top;
    int padding_left;
    int padded;         /* whether any window reaches over the border */
    int wide;           /* whether sums have 64 bits */
    int bias_words;     /* of each bias */
    int per_channel;    /* whether each channel has a multiplier of its own */
    int activation_min; /* in [-32768, 32767], as below */
    int activation_max;
} tt_depthwise_conv_2d_s16_params;

/* Output rows row_begin to row_end - 1. multiplier[c] and shift[c] rescale an accumulator to the output's scale. */
TT_KERNEL void tt_depthwise_conv_2d_s16(const tt_depthwise_conv_2d_s16_params *p, const int16_t *input,
                                        const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
                                        const int8_t *shift, int16_t *output, int row_begin, int row_end)
{
    const int input_row = p->input_width * p->input_channels;
    const int output_channels = p->input_channels * p->depth_multiplier;
    tt_taps rows = {0, p->filter_height};
    tt_taps columns = {0, p->filter_width};

    for (int y = row_begin; y < row_end; y++) {
        const int input_y = y * p->stride_height - p->padding_top;
        int16_t *out = output + tt_row(y, p->output_width * output_channels, p->output_height, p->output_ring_rows);
        if (p->padded) {
            rows = tt_taps_inside(input_y, p->dilation_height, p->filter_height, p->input_height);
        }
        for (int x = 0; x < p->output_width; x++) {
            const int input_x = x * p->stride_width - p->padding_left;
            if (p->padded) {
                columns = tt_taps_inside(input_x, p->dilation_width, p->filter_width, p->input_width);
            }
            for (int c = 0; c < output_channels; c++) {
                const int channel = p->per_channel ? c : 0;
                int64_t acc = tt_bias_s64(bias, p->bias_words, c);
                for (int ky = rows.begin; ky < rows.end; ky++) {
                    const int row = tt_row(input_y + ky * p->dilation_height, input_row, p->input_height,
                                           p->input_ring_rows);
                    const int16_t *in = input + row + c / p->depth_multiplier;
                    const int8_t *w = weights + ky * p->filter_width * output_channels + c;
                    for (int kx = columns.begin; kx < columns.end; kx++) {
                        const int16_t value = in[(input_x + kx * p->dilation_width) * p->input_channels];
                        acc = tt_add_s64(acc, (int32_t)value * tt_flash_s8(&w[kx * output_channels]));
                    }
                }
                *out++ = tt_output_s16(acc, p->wide, tt_flash_s32(&multiplier[channel]),
                                       tt_flash_s8(&shift[channel]), p->activation_min, p->activation_max);
            }
        }
    }
}

#endif
