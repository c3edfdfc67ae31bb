/*
 * TRANSPOSE_CONV: input [H, W, C_IN] and output [H', W', C_OUT], int16; weights [C_OUT, KH, KW, C_IN], int8.
 *
 * Output row y sees input row i by tap y + padding_top - i * stride_height, and columns likewise.
 */
#ifndef TT_TRANSPOSE_CONV_S16_H
#define TT_TRANSPOSE_CONV_S16_H

#include "tt_kernel_s16.h"

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
    int padding_top;
    int padding_left;
    int wide;           /* whether sums have 64 bits */
    int bias_words;     /* of each bias */
    int per_channel;    /* whether each channel has a multiplier of its own */
    int activation_min; /* in [-32768, 32767], as below */
    int activation_max;
} tt_transpose_conv_s16_params;

/* acc + the products of one input row with a row of taps; x counts from the first column of the padding. */
TT_KERNEL int64_t tt_transpose_conv_row_s16(const tt_transpose_conv_s16_params *p, int64_t acc, const int16_t *row,
                                            const int8_t *weights, int x)
{
    int input_x = x / p->stride_width;
    for (int kx = x % p->stride_width; kx < p->filter_width; kx += p->stride_width) {
        if (input_x >= 0 && input_x < p->input_width) {
            acc = tt_dot_s16(acc, row + input_x * p->input_channels, weights + kx * p->input_channels,
                             p->input_channels);
        }
        input_x--;
    }
    return acc;
}

/* Output rows row_begin to row_end - 1. multiplier[c] and shift[c] rescale an accumulator to the output's scale. */
TT_KERNEL void tt_transpose_conv_s16(const tt_transpose_conv_s16_params *p, const int16_t *input,
                                     const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
                                     const int8_t *shift, int16_t *output, int row_begin, int row_end)
{
    const int input_row = p->input_width * p->input_channels;
    const int filter_row = p->filter_width * p->input_channels;

    for (int y = row_begin; y < row_end; y++) {
        int16_t *out =
            output + tt_row(y, p->output_width * p->output_channels, p->output_height, p->output_ring_rows);
        for (int x = 0; x < p->output_width; x++) {
            const int8_t *w = weights;
            for (int c = 0; c < p->output_channels; c++) {
                const int channel = p->per_channel ? c : 0;
                int64_t acc = tt_bias_s64(bias, p->bias_words, c);
                int input_y = (y + p->padding_top) / p->stride_height;
                for (int ky = (y + p->padding_top) % p->stride_height; ky < p->filter_height;
                     ky += p->stride_height) {
                    if (input_y >= 0 && input_y < p->input_height) {
                        const int row = tt_row(input_y, input_row, p->input_height, p->input_ring_rows);
                        acc = tt_transpose_conv_row_s16(p, acc, input + row, w + ky * filter_row,
                                                        x + p->padding_left);
                    }
                    input_y--;
                }
                *out++ = tt_output_s16(acc, p->wide, tt_flash_s32(&multiplier[channel]),
                                       tt_flash_s8(&shift[channel]), p->activation_min, p->activation_max);
                w += p->filter_height * filter_row;
            }
        }
    }
}

#endif
