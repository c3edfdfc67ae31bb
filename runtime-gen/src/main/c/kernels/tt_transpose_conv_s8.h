/*
 * TRANSPOSE_CONV: input [H, W, C_IN], output [H', W', C_OUT], all int8.
 *
 * With a stride of s, output rows fall into s classes by y + padding_top modulo s, and columns likewise: outputs of a
 * class are seen by the same taps, so each class is a convolution with stride 1 over the input. The weights are stored
 * class by class, rows of classes first, each as [C_OUT, its rows of taps, its columns of taps, C_IN] in the order of
 * the input, which is that of the taps reversed.
 */
#ifndef TT_TRANSPOSE_CONV_S8_H
#define TT_TRANSPOSE_CONV_S8_H

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
    int padding_top;
    int padding_left;
    int per_channel;      /* whether each channel has a multiplier of its own */
    int input_zero_point; /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_transpose_conv_params;

/* Taps of class c, of all that there are: c, c + stride, and so on. */
TT_KERNEL int tt_transpose_conv_taps(int c, int stride, int taps)
{
    return (taps - c + stride - 1) / stride;
}

/* Taps of all classes below c: as many whole rounds as class c - 1 is in, and what the last round holds. */
TT_KERNEL int tt_transpose_conv_taps_before(int c, int stride, int taps)
{
    int sum = 0;
    for (int i = 0; i < c && i < taps; i++) {
        sum += tt_transpose_conv_taps(i, stride, taps);
    }
    return sum;
}

/* Copies rows by columns input pixels, from row y, column x on, to [rows, columns, C_IN]; outside is the zero point. */
TT_KERNEL void tt_transpose_conv_gather_s8(const tt_transpose_conv_params *p, const int8_t *input, int8_t *patch,
                                           int y, int x, int rows, int columns)
{
    const int input_row = p->input_width * p->input_channels;
    const tt_taps inside_rows = tt_taps_inside(y, 1, rows, p->input_height);
    const tt_taps inside = tt_taps_inside(x, 1, columns, p->input_width);

    memset(patch, p->input_zero_point, (size_t)(rows * columns * p->input_channels));
    for (int i = inside_rows.begin; i < inside_rows.end && inside.begin < inside.end; i++) {
        const int8_t *in = input + tt_row(y + i, input_row, p->input_height, p->input_ring_rows)
            + (x + inside.begin) * p->input_channels;
        memcpy(patch + (i * columns + inside.begin) * p->input_channels, in,
               (size_t)((inside.end - inside.begin) * p->input_channels));
    }
}

/*
 * Output rows row_begin to row_end - 1.
 *
 * bias holds a row of output_channels for each class: the layer's bias less input_zero_point times the sum of the
 * channel's weights of that class; multiplier[c] and shift[c] rescale the accumulator to the output's scale. scratch
 * holds what an output sees of the input, ceil(KH / s) * ceil(KW / s) * C_IN bytes.
 */
TT_KERNEL void tt_transpose_conv_s8(const tt_transpose_conv_params *p, const int8_t *input, const int8_t *weights,
                                    const int32_t *bias, const int32_t *multiplier, const int8_t *shift,
                                    int8_t *scratch, int8_t *output, int row_begin, int row_end)
{
    const int output_row = p->output_width * p->output_channels;
    const int tap_bytes = p->output_channels * p->input_channels;

    for (int y = row_begin; y < row_end; y++) {
        const int row_class = (y + p->padding_top) % p->stride_height;
        const int rows = tt_transpose_conv_taps(row_class, p->stride_height, p->filter_height);
        const int last_y = (y + p->padding_top) / p->stride_height;
        const int8_t *row_weights = weights
            + tt_transpose_conv_taps_before(row_class, p->stride_height, p->filter_height) * p->filter_width * tap_bytes;
        int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows);
        for (int x = 0; x < p->output_width; x++) {
            const int column_class = (x + p->padding_left) % p->stride_width;
            const int columns = tt_transpose_conv_taps(column_class, p->stride_width, p->filter_width);
            const int last_x = (x + p->padding_left) / p->stride_width;
            const int patch_bytes = rows > 0 && columns > 0 ? rows * columns * p->input_channels : 0;
            const int8_t *w = row_weights
                + tt_transpose_conv_taps_before(column_class, p->stride_width, p->filter_width) * rows * tap_bytes;
            const int32_t *b = bias + (row_class * p->stride_width + column_class) * p->output_channels;
            if (patch_bytes > 0) {
                tt_transpose_conv_gather_s8(p, input, scratch, last_y - rows + 1, last_x - columns + 1, rows, columns);
            }
            for (int c = 0; c < p->output_channels; c++) {
                const int channel = p->per_channel ? c : 0;
                const int32_t acc = tt_dot_s8(tt_flash_s32(&b[c]), scratch, w, patch_bytes);
                *out++ = tt_output_s8(acc, tt_flash_s32(&multiplier[channel]), tt_flash_s8(&shift[channel]),
                                      p->output_zero_point, p->activation_min, p->activation_max);
                w += patch_bytes;
            }
        }
    }
}

#endif
