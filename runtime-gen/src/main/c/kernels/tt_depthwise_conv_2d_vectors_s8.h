/*
 * DEPTHWISE_CONV_2D on vectors, see tt_vectors.h: input [H, W, C], output [H', W', C], int8, windows of at most four
 * rows and four columns.
 *
 * For each row of the output the rows that its windows see are interleaved, so that a channel's column of a window is
 * one word: a vector is four columns, gathered a word each. Weights are [C, 4 columns, 4 rows], filled up with 0.
 */
#ifndef TT_DEPTHWISE_CONV_2D_VECTORS_S8_H
#define TT_DEPTHWISE_CONV_2D_VECTORS_S8_H

#include "tt_vectors.h"

typedef struct {
    int input_height;
    int input_width;
    int channels;
    int input_ring_rows;
    int output_height;
    int output_width;
    int output_ring_rows;
    int filter_height;
    int filter_width;
    int stride_height;
    int stride_width;
    int dilation_height;
    int dilation_width;
    int padding_top;
    int padding_left;
    int padding_right;
    int padded;           /* whether any window reaches over the border */
    int relu;             /* whether the clamp begins at the zero point, or above it */
    int input_zero_point; /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_depthwise_conv_2d_vectors_params;

/* The rows that windows see whose first row is y; those in the padding are the byte at `padding`. */
TT_KERNEL tt_four_rows tt_depthwise_conv_2d_vectors_rows(const tt_depthwise_conv_2d_vectors_params *p,
                                                      const int8_t *input, const int8_t *padding, int y)
{
    tt_four_rows rows;
    for (int ky = 0; ky < 4; ky++) {
        const int row = y + ky * p->dilation_height;
        const int inside = ky < p->filter_height && (!p->padded || (row >= 0 && row < p->input_height));
        rows.begin[ky] = inside
            ? input + tt_row(row, p->input_width * p->channels, p->input_height, p->input_ring_rows)
            : padding;
        rows.moves[ky] = inside ? -1 : 0;
    }
    return rows;
}

/*
 * Output rows row_begin to row_end - 1.
 *
 * The bias among the parameters is the layer's less input_zero_point times the sum of the channel's weights. scratch is
 * aligned to words: 16 bytes of padding, then a row with its padding, a word a channel; as many columns as windows of
 * four have, and three words that groups of channels may see, whatever they hold.
 */
TT_KERNEL void tt_depthwise_conv_2d_vectors_s8(const tt_depthwise_conv_2d_vectors_params *p, const int8_t *input,
                                               const int8_t *weights, const int32_t *parameters, int8_t *scratch,
                                               int8_t *output, int row_begin, int row_end)
{
    const tt_outputs outputs = {p->channels, p->output_zero_point, p->activation_min, p->activation_max};
    const int pixel = 4 * p->channels;
    int8_t *words = tt_fill_bytes(scratch, p->input_zero_point, 16);
    tt_vector_row row = {{words, words}, {output, output}, p->stride_width * pixel,  0,
                         weights,        parameters,       0,                        p->dilation_width * pixel};

    if (p->padded) {
        (void)tt_fill_bytes(words, p->input_zero_point, p->padding_left * pixel);
        (void)tt_fill_bytes(words + (p->padding_left + p->input_width) * pixel, p->input_zero_point,
                         p->padding_right * pixel);
    }
    for (int y = row_begin; y < row_end; y++) {
        const tt_four_rows rows =
            tt_depthwise_conv_2d_vectors_rows(p, input, scratch, y * p->stride_height - p->padding_top);
        tt_interleave_4(words + p->padding_left * pixel, &rows, p->input_width * p->channels);
        row.output[0] = output + tt_row(y, p->output_width * p->channels, p->output_height, p->output_ring_rows);
        if (p->relu) {
            tt_row_of_windows_relu(&outputs, &row, p->output_width);
        } else {
            tt_row_of_windows_any(&outputs, &row, p->output_width);
        }
    }
}

#endif
