/*
 * CONV_2D: input [H, W, C_IN], weights [C_OUT, KH, KW, C_IN], output [H', W', C_OUT], all int8.
 */
#ifndef TT_CONV_2D_S8_H
#define TT_CONV_2D_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int input_height;
    int input_width;
    int input_channels;
    int input_ring_rows;
    int output_height;
    int output_width;
    int output_channels;
    int output_ring_rows;
    int filter_height;
    int filter_width;
    int stride_height;
    int stride_width;
    int dilation_height;
    int dilation_width;
    int padding_top;
    int padding_left;
    int padded;           /* whether any window reaches over the border */
    int per_channel;      /* whether each channel has a multiplier of its own */
    int input_zero_point; /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_conv_2d_params;

/*
 * Copies what the window at output column x sees to [KH, KW, C_IN]; padding is the zero point. Its taps `rows` lie
 * inside the input, the first of them on the row at `row`.
 */
TT_KERNEL void tt_conv_2d_gather_s8(const tt_conv_2d_params *p, const int8_t *input, int8_t *patch, tt_taps rows,
                                    int row, int x)
{
    const int input_x = x * p->stride_width - p->padding_left;
    const int input_row = p->input_width * p->input_channels;
    tt_taps columns = {0, p->filter_width};

    if (p->padded) {
        columns = tt_taps_inside(input_x, p->dilation_width, p->filter_width, p->input_width);
        memset(patch, p->input_zero_point, (size_t)(p->filter_height * p->filter_width * p->input_channels));
    }
    for (int ky = rows.begin; ky < rows.end; ky++) {
        const int8_t *in = input + row + (input_x + columns.begin * p->dilation_width) * p->input_channels;
        int8_t *to = patch + (ky * p->filter_width + columns.begin) * p->input_channels;
        if (p->dilation_width == 1) {
            memcpy(to, in, (size_t)((columns.end - columns.begin) * p->input_channels));
        } else {
            for (int kx = columns.begin; kx < columns.end; kx++) {
                memcpy(to, in, (size_t)p->input_channels);
                in += p->dilation_width * p->input_channels;
                to += p->input_channels;
            }
        }
        row = tt_row_below(row, p->dilation_height, input_row, p->input_height, p->input_ring_rows);
    }
}

/*
 * Output rows row_begin to row_end - 1.
 *
 * bias[c] is the layer's bias less input_zero_point times the sum of the channel's weights; multiplier[c] and shift[c]
 * rescale the accumulator to the output's scale. scratch holds one window of the input, KH * KW * C_IN bytes; where
 * that is one pixel, there is none.
 */
TT_KERNEL void tt_conv_2d_s8(const tt_conv_2d_params *p, const int8_t *input, const int8_t *weights,
                             const int32_t *bias, const int32_t *multiplier, const int8_t *shift, int8_t *scratch,
                             int8_t *output, int row_begin, int row_end)
{
    const int taps = p->filter_height * p->filter_width;
    const int patch_bytes = taps * p->input_channels;
    const int input_row = p->input_width * p->input_channels;
    const int output_row = p->output_width * p->output_channels;
    tt_taps rows = {0, p->filter_height};

    for (int y = row_begin; y < row_end; y++) {
        const int input_y = y * p->stride_height - p->padding_top;
        if (p->padded) {
            rows = tt_taps_inside(input_y, p->dilation_height, p->filter_height, p->input_height);
        }
        const int row = tt_row(input_y + rows.begin * p->dilation_height, input_row, p->input_height,
                               p->input_ring_rows);
        int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows);
        for (int x = 0; x < p->output_width; x++) {
            const int8_t *patch = scratch;
            const int8_t *w = weights;
            if (taps > 1) {
                tt_conv_2d_gather_s8(p, input, scratch, rows, row, x);
            } else {
                patch = input + row + x * p->stride_width * p->input_channels;
            }
            for (int c = 0; c < p->output_channels; c++) {
                const int channel = p->per_channel ? c : 0;
                const int32_t acc = tt_dot_s8(tt_flash_s32(&bias[c]), patch, w, patch_bytes);
                *out++ = tt_output_s8(acc, tt_flash_s32(&multiplier[channel]), tt_flash_s8(&shift[channel]),
                                      p->output_zero_point, p->activation_min, p->activation_max);
                w += patch_bytes;
            }
        }
    }
}

#endif
