/*
 * CONV_2D on vectors, see tt_vectors.h: input [H, W, C_IN], output [H', W', C_OUT], int8.
 *
 * For each row of the output the rows that its windows see are copied column by column, so that every window is one run
 * of bytes, unless it is one where it lies. Of long rows only a strip is copied at a time.
 */
#ifndef TT_CONV_2D_VECTORS_S8_H
#define TT_CONV_2D_VECTORS_S8_H

#include "tt_vectors.h"

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
    int dilation_width; /* 1 */
    int padding_top;
    int padding_left;
    int padding_right;
    int strip;            /* positions of a row whose windows are copied at a time */
    int padded;           /* whether any window reaches over the border */
    int relu;             /* whether the clamp begins at the zero point, or above it */
    int input_zero_point; /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_conv_2d_vectors_params;

/*
 * Copies n columns from x on of the rows that windows see whose first row is y to [n, KH, C_IN], so that a window is one
 * run of bytes, and the next begins stride_width * KH * C_IN further; a row in the padding is the pixel at `padding`.
 */
TT_KERNEL void tt_conv_2d_vectors_gather(const tt_conv_2d_vectors_params *p, const int8_t *input,
                                         const int8_t *padding, int8_t *columns, int y, int x, int n)
{
    const int channels = p->input_channels;
    for (int ky = 0; ky < p->filter_height; ky++) {
        const int row = y + ky * p->dilation_height;
        const int inside = !p->padded || (row >= 0 && row < p->input_height);
        const int8_t *from = inside
            ? input + tt_row(row, p->input_width * channels, p->input_height, p->input_ring_rows)
                + x * channels
            : padding;
        if (p->filter_height == 1 && inside) {
            (void)tt_copy_bytes(columns, from, n * channels);
        } else if (channels <= 8 && p->filter_height <= 16) {
            tt_spread_pixels(columns + ky * channels, p->filter_height, from, inside ? -1 : 0, channels,
                             n * channels);
        } else {
            tt_place_pixels(columns + ky * channels, p->filter_height * channels, from, inside ? channels : 0, channels,
                            n);
        }
    }
}

/* The same for what the windows of n positions from x on see; columns beyond the border are filled with padding. */
TT_KERNEL void tt_conv_2d_vectors_gather_strip(const tt_conv_2d_vectors_params *p, const int8_t *input,
                                               const int8_t *padding, int8_t *columns, int y, int x, int n)
{
    const int column = p->filter_height * p->input_channels;
    const int begin = x * p->stride_width - p->padding_left;
    const int end = begin + (n - 1) * p->stride_width + p->filter_width;
    const int first = begin > 0 ? begin : 0;
    const int last = end < p->input_width ? end : p->input_width;
    if (p->padded) {
        columns = tt_fill_bytes(columns, p->input_zero_point, (first - begin) * column);
        (void)tt_fill_bytes(columns + (last - first) * column, p->input_zero_point, (end - last) * column);
    }
    tt_conv_2d_vectors_gather(p, input, padding, columns, y, first, last - first);
}

/*
 * Output rows row_begin to row_end - 1.
 *
 * The bias among the parameters is the layer's less input_zero_point times the sum of the channel's weights, which are
 * in the order [C_OUT, KW, KH, C_IN]. scratch holds, where there is padding, a pixel of it, at least 16 bytes; then the
 * columns that the windows of a strip see with their padding; then what the last vector of the last window may see,
 * whatever it holds. Where windows are whole vectors side by side in a row of the input, there is none.
 */
TT_KERNEL void tt_conv_2d_vectors_s8(const tt_conv_2d_vectors_params *p, const int8_t *input, const int8_t *weights,
                                     const int32_t *parameters, int8_t *scratch, int8_t *output, int row_begin,
                                     int row_end)
{
    const tt_outputs outputs = {p->output_channels, p->output_zero_point, p->activation_min, p->activation_max};
    const int column = p->filter_height * p->input_channels;
    const int runs = !p->padded && p->filter_height == 1 && p->filter_width * column % 16 == 0;
    const int whole = p->strip == p->output_width;
    const int vectors = (p->filter_width * column + 15) / 16;
    tt_vector_row row = {
        {scratch, scratch}, {output, output}, p->stride_width * column, 0, weights, parameters, vectors, 0};
    int8_t *columns = scratch;

    if (p->padded) {
        columns = tt_fill_bytes(scratch, p->input_zero_point, p->input_channels > 16 ? p->input_channels : 16);
        row.x[0] = columns;
    }
    if (p->padded && whole) {
        columns = tt_fill_bytes(columns, p->input_zero_point, p->padding_left * column);
        (void)tt_fill_bytes(columns + p->input_width * column, p->input_zero_point, p->padding_right * column);
    }
    /* Rows of pixels that are held whole are one long row. */
    const int together = runs && p->filter_width == 1 && p->stride_height == 1 && p->stride_width == 1
        && p->input_ring_rows == p->input_height && p->output_ring_rows == p->output_height;
    const int rows = together ? row_end - row_begin : 1;
    for (int y = row_begin; y < row_end; y += rows) {
        const int input_y = y * p->stride_height - p->padding_top;
        if (runs) {
            row.x[0] = input + tt_row(input_y, p->input_width * column, p->input_height, p->input_ring_rows);
        } else if (whole) {
            tt_conv_2d_vectors_gather(p, input, scratch, columns, input_y, 0, p->input_width);
        }
        row.output[0] = output
            + tt_row(y, p->output_width * p->output_channels, p->output_height, p->output_ring_rows);
        for (int x = 0; x < p->output_width; x += p->strip) {
            const int positions = p->output_width - x < p->strip ? p->output_width - x : p->strip;
            if (!whole) {
                tt_conv_2d_vectors_gather_strip(p, input, scratch, columns, input_y, x, positions);
            }
            if (p->relu) {
                tt_row_of_columns_relu(&outputs, &row, rows * positions);
            } else {
                tt_row_of_columns_any(&outputs, &row, rows * positions);
            }
            row.output[0] += positions * p->output_channels;
        }
    }
}

#endif
