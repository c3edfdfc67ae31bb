/*
 * DEPTHWISE_CONV_2D: input [H, W, C_IN], weights packed as [C_OUT, KH, KW], output [H', W', C_OUT], all int8;
 * C_OUT = C_IN * depth_multiplier, and output channel c sees input channel c / depth_multiplier alone.
 */
#ifndef TT_DEPTHWISE_CONV_2D_S8_H
#define TT_DEPTHWISE_CONV_2D_S8_H

#include "tt_kernel.h"

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
    int padded;            /* whether any window reaches over the border */
    int per_channel;       /* whether each channel has a multiplier of its own */
    int input_zero_point;  /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_depthwise_conv_2d_params;

/*
 * Output rows row_begin to row_end - 1.
 *
 * bias[c] is the layer's bias less input_zero_point times the sum of the channel's weights; multiplier[c] and shift[c]
 * rescale the accumulator to the output's scale.
 */
TT_KERNEL void tt_depthwise_conv_2d_s8(const tt_depthwise_conv_2d_params *p, const int8_t *input,
                                       const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
                                       const int8_t *shift, int8_t *output, int row_begin, int row_end)
{
    const int input_row = p->input_width * p->input_channels;
    const int output_channels = p->input_channels * p->depth_multiplier;
    const int output_row = p->output_width * output_channels;
    const int x_stride = p->dilation_width * p->input_channels;
    tt_window window = {p->filter_height, p->filter_width, 1, {0, p->filter_height}, {0, p->filter_width}};

    for (int y = row_begin; y < row_end; y++) {
        const int input_y = y * p->stride_height - p->padding_top;
        int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows);
        if (p->padded) {
            window.rows = tt_taps_inside(input_y, p->dilation_height, p->filter_height, p->input_height);
        }
        for (int x = 0; x < p->output_width; x++) {
            const int input_x = x * p->stride_width - p->padding_left;
            const int8_t *filter = weights;
            if (p->padded) {
                window.columns = tt_taps_inside(input_x, p->dilation_width, p->filter_width, p->input_width);
            }
            for (int c = 0; c < output_channels; c++) {
                const int8_t *in = input + (input_x + window.columns.begin * p->dilation_width) * p->input_channels
                    + c / p->depth_multiplier;
                const int8_t *w = filter + window.rows.begin * p->filter_width + window.columns.begin;
                const int columns = window.columns.end - window.columns.begin;
                int32_t acc = tt_flash_s32(&bias[c]);
                if (p->padded && tt_reaches_out(&window)) {
                    acc = tt_padding_s8(acc, filter, &window, p->input_zero_point);
                }
                if (p->input_ring_rows == p->input_height) {
                    in += (input_y + window.rows.begin * p->dilation_height) * input_row;
                    acc = tt_dot_rows_strided_s8(acc, in, x_stride, p->dilation_height * input_row, w, p->filter_width,
                                                 columns, window.rows.end - window.rows.begin);
                } else {
                    for (int ky = window.rows.begin; ky < window.rows.end; ky++) {
                        const int row = tt_row(input_y + ky * p->dilation_height, input_row, p->input_height,
                                               p->input_ring_rows);
                        acc = tt_dot_rows_strided_s8(acc, in + row, x_stride, 0, w, 0, columns, 1);
                        w += p->filter_width;
                    }
                }
                const int channel = p->per_channel ? c : 0;
                acc = tt_requantize(acc, tt_flash_s32(&multiplier[channel]), tt_flash_s8(&shift[channel]));
                *out++ = tt_clamp(acc + p->output_zero_point, p->activation_min, p->activation_max);
                filter += p->filter_height * p->filter_width;
            }
        }
    }
}

#endif
