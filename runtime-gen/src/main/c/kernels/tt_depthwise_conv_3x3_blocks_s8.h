/*
 * DEPTHWISE_CONV_2D with a window of 3 by 3, for machines that multiply one pair of numbers at a time: input [H, W, C],
 * output [H', W', C], int8.
 *
 * A channel at a time, whose weights and parameters are widened once for the rows that are computed together. At most one
 * row or column on each side is padding, whose weights times the zero point are added to the bias instead.
 *
 * Weights are packed at export as [C, 3 columns, 3 rows].
 */
#ifndef TT_DEPTHWISE_CONV_3X3_BLOCKS_S8_H
#define TT_DEPTHWISE_CONV_3X3_BLOCKS_S8_H

#include "tt_blocks.h"

typedef struct {
    int input_height;
    int input_width;
    int channels;
    int input_ring_rows;
    int output_height;
    int output_width;
    int output_ring_rows;
    int stride; /* 1 or 2, of rows and columns alike */
    int padding_top; /* 0 or 1 */
    int padding_left;
    int padding_right;
    int relu;             /* whether the zero point is -128, and saturation to int8 all that clamps */
    int input_zero_point; /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_depthwise_conv_3x3_blocks_params;

/* What the rows of a layer have in common. */
typedef struct {
    tt_outputs outputs;
    int step; /* from a window to the next */
    int whole_windows; /* of a row, which see no padding beside them */
    int padding_left;
    int padding_right;
    int input_zero_point;
} tt_layer_3x3;

/*
 * Rows that are computed together: several whose windows lie inside the input, or one that sees padding. A row of a window
 * that is padding is any other of the window's.
 */
#define TT_ROWS_3X3 4
typedef struct {
    const int8_t *input[2 * TT_ROWS_3X3 + 1]; /* window i is rows stride * i and the next two */
    int8_t *output[TT_ROWS_3X3];
    int count;
    int padding_above;
    int padding_below;
} tt_rows_3x3;

/* A channel of such rows. */
typedef struct {
    int32_t weights[9];
    int32_t bias;
    int32_t multiplier;
    int32_t rounding;
    int half_shift;
} tt_channel_3x3;

/* Adds the products of column k of a window, which lies at x. */
TT_KERNEL int32_t tt_column_3x3(int32_t acc, const tt_channel_3x3 *channel, int k, const int8_t *row_0,
                                const int8_t *row_1, const int8_t *row_2, int x)
{
    acc += channel->weights[3 * k] * row_0[x];
    acc += channel->weights[3 * k + 1] * row_1[x];
    acc += channel->weights[3 * k + 2] * row_2[x];
    return acc;
}

/* What column k adds if it is padding. */
TT_KERNEL int32_t tt_padding_3x3(const tt_layer_3x3 *layer, const tt_channel_3x3 *channel, int k)
{
    const int32_t *w = &channel->weights[3 * k];
    return layer->input_zero_point * (w[0] + w[1] + w[2]);
}

/* One channel of a row of the output. */
TT_KERNEL void tt_channel_of_a_row_3x3(const tt_layer_3x3 *layer, const tt_channel_3x3 *channel, const int8_t *row_0,
                                       const int8_t *row_1, const int8_t *row_2, int8_t *output, int relu)
{
    const int channels = layer->outputs.channels;
    int x = 0;
    if (layer->padding_left) {
        int32_t acc = channel->bias + tt_padding_3x3(layer, channel, 0);
        acc = tt_column_3x3(acc, channel, 1, row_0, row_1, row_2, 0);
        acc = tt_column_3x3(acc, channel, 2, row_0, row_1, row_2, channels);
        *output = tt_block_output(&layer->outputs, acc, channel->multiplier, channel->half_shift, channel->rounding, relu);
        output += channels;
        x = layer->step - channels;
    }
    for (int i = layer->whole_windows; i > 0; i--) {
        int32_t acc = channel->bias;
        acc = tt_column_3x3(acc, channel, 0, row_0, row_1, row_2, x);
        acc = tt_column_3x3(acc, channel, 1, row_0, row_1, row_2, x + channels);
        acc = tt_column_3x3(acc, channel, 2, row_0, row_1, row_2, x + 2 * channels);
        *output = tt_block_output(&layer->outputs, acc, channel->multiplier, channel->half_shift, channel->rounding, relu);
        output += channels;
        x += layer->step;
    }
    if (layer->padding_right) {
        int32_t acc = channel->bias + tt_padding_3x3(layer, channel, 2);
        acc = tt_column_3x3(acc, channel, 0, row_0, row_1, row_2, x);
        acc = tt_column_3x3(acc, channel, 1, row_0, row_1, row_2, x + channels);
        *output = tt_block_output(&layer->outputs, acc, channel->multiplier, channel->half_shift, channel->rounding, relu);
    }
}

/* Widens the weights of a channel; those of a row that is padding go into the bias. */
TT_KERNEL void tt_widen_3x3(const tt_layer_3x3 *layer, const tt_rows_3x3 *rows, const int8_t *weights,
                            tt_channel_3x3 *channel)
{
    TT_UNROLL_9
    for (int i = 0; i < 9; i++) {
        channel->weights[i] = tt_block_weight(&weights[i]);
    }
    for (int k = 0; k < 9; k += 3) {
        if (rows->padding_above) {
            channel->bias += layer->input_zero_point * channel->weights[k];
            channel->weights[k] = 0;
        }
        if (rows->padding_below) {
            channel->bias += layer->input_zero_point * channel->weights[k + 2];
            channel->weights[k + 2] = 0;
        }
    }
}

/* Rows of all channels. */
TT_KERNEL void tt_depthwise_3x3_blocks(const tt_layer_3x3 *layer, const tt_rows_3x3 *rows, const int8_t *weights,
                                       const int32_t *bias, const int32_t *multiplier, const int8_t *half_shift,
                                       int stride, int relu)
{
    for (int c = 0; c < layer->outputs.channels; c++) {
        tt_channel_3x3 channel;
        channel.bias = bias[c];
        channel.multiplier = multiplier[c];
        channel.half_shift = half_shift[c];
        channel.rounding = tt_rounding(layer->outputs.zero_point, channel.half_shift);
        tt_widen_3x3(layer, rows, weights, &channel);
        for (int i = 0; i < rows->count; i++) {
            const int8_t *const *input = &rows->input[stride * i];
            tt_channel_of_a_row_3x3(layer, &channel, input[0] + c, input[1] + c, input[2] + c, rows->output[i] + c,
                                    relu);
        }
        weights += 9;
    }
}

/* The same, compiled once for all layers that end in a ReLU of the whole range, and once for all others. */
TT_SHARED void tt_depthwise_3x3_blocks_relu(const tt_layer_3x3 *layer, const tt_rows_3x3 *rows, const int8_t *weights,
                                            const int32_t *bias, const int32_t *multiplier, const int8_t *half_shift,
                                            int stride)
{
    tt_depthwise_3x3_blocks(layer, rows, weights, bias, multiplier, half_shift, stride, 1);
}

TT_SHARED void tt_depthwise_3x3_blocks_any(const tt_layer_3x3 *layer, const tt_rows_3x3 *rows, const int8_t *weights,
                                           const int32_t *bias, const int32_t *multiplier, const int8_t *half_shift,
                                           int stride)
{
    tt_depthwise_3x3_blocks(layer, rows, weights, bias, multiplier, half_shift, stride, 0);
}

/* Rows of the output from y on, as many as go together, of those before row_end. */
TT_KERNEL void tt_depthwise_3x3_blocks_gather(const tt_depthwise_conv_3x3_blocks_params *p, const int8_t *input,
                                              int8_t *output, int y, int row_end, tt_rows_3x3 *rows)
{
    const int first = y * p->stride - p->padding_top;
    rows->padding_above = first < 0;
    rows->padding_below = first + 2 >= p->input_height;
    rows->count = 0;
    do {
        const int at = first + p->stride * rows->count;
        if (rows->count > 0 && (rows->padding_above || at + 2 >= p->input_height)) {
            break;
        }
        for (int r = 0; r < 3; r++) {
            const int outside = at + r < 0 || at + r >= p->input_height;
            rows->input[p->stride * rows->count + r] = input
                + tt_row(outside ? at + 1 : at + r, p->input_width * p->channels, p->input_height, p->input_ring_rows);
        }
        rows->output[rows->count] =
            output + tt_row(y + rows->count, p->output_width * p->channels, p->output_height, p->output_ring_rows);
        rows->count++;
    } while (rows->count < TT_ROWS_3X3 && y + rows->count < row_end);
}

/*
 * Output rows row_begin to row_end - 1.
 *
 * bias[c] is the layer's bias less input_zero_point times the sum of the channel's weights; half_shift[c] is the right
 * shift less 1.
 */
TT_KERNEL void tt_depthwise_conv_3x3_blocks_s8(const tt_depthwise_conv_3x3_blocks_params *p, const int8_t *input,
                                               const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
                                               const int8_t *half_shift, int8_t *output, int row_begin, int row_end)
{
    const tt_layer_3x3 layer = {
        {p->channels, p->output_zero_point, p->activation_min, p->activation_max},
        p->stride * p->channels,
        p->output_width - p->padding_left - p->padding_right,
        p->padding_left,
        p->padding_right,
        p->input_zero_point,
    };
    tt_rows_3x3 rows;

    for (int y = row_begin; y < row_end; y += rows.count) {
        tt_depthwise_3x3_blocks_gather(p, input, output, y, row_end, &rows);
        if (p->relu) {
            tt_depthwise_3x3_blocks_relu(&layer, &rows, weights, bias, multiplier, half_shift, p->stride);
        } else {
            tt_depthwise_3x3_blocks_any(&layer, &rows, weights, bias, multiplier, half_shift, p->stride);
        }
    }
}

#endif
