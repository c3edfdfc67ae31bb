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

/* The rows that a window sees: in a ring, some before its end and the others from its beginning on. */
typedef struct {
    tt_taps inside; /* taps on rows of the input */
    int wrap;       /* the first of them at the ring's beginning again, or `inside.end` */
    int row;        /* where the row of the first tap begins */
    int wrapped;    /* where that of tap `wrap` begins */
} tt_depthwise_conv_2d_rows;

/* Of the window whose first tap is on row y. */
TT_KERNEL tt_depthwise_conv_2d_rows tt_depthwise_conv_2d_rows_at(const tt_depthwise_conv_2d_params *p, int y)
{
    const int input_row = p->input_width * p->input_channels;
    tt_taps inside = {0, p->filter_height};

    if (p->padded) {
        inside = tt_taps_inside(y, p->dilation_height, p->filter_height, p->input_height);
    }
    y += inside.begin * p->dilation_height;
    if (p->input_ring_rows == p->input_height) {
        const tt_depthwise_conv_2d_rows rows = {inside, inside.end, y * input_row, 0};
        return rows;
    }
    y %= p->input_ring_rows;
    const int wrap = inside.begin + (p->input_ring_rows - y + p->dilation_height - 1) / p->dilation_height;
    const int wrapped = y + (wrap - inside.begin) * p->dilation_height - p->input_ring_rows;
    const tt_depthwise_conv_2d_rows rows = {inside, wrap < inside.end ? wrap : inside.end, y * input_row,
                                            wrapped * input_row};
    return rows;
}

/* The accumulator of one channel at one output position; weights are the channel's. */
TT_KERNEL int32_t tt_depthwise_conv_2d_dot_s8(const tt_depthwise_conv_2d_params *p, int32_t acc, const int8_t *channel,
                                              const int8_t *weights, const tt_depthwise_conv_2d_rows *rows,
                                              int input_x)
{
    const int x_stride = p->dilation_width * p->input_channels;
    const int x_step = p->dilation_height * p->input_width * p->input_channels;
    const int inside = rows->inside.end - rows->inside.begin;
    const int wrapped = rows->inside.end - rows->wrap;
    tt_taps columns = {0, p->filter_width};

    weights += rows->inside.begin * p->filter_width;
    if (p->padded) {
        columns = tt_taps_inside(input_x, p->dilation_width, p->filter_width, p->input_width);
        if (columns.begin > 0) {
            acc = tt_padding_s8(acc, p->input_zero_point, weights, p->filter_width, columns.begin, inside);
        }
        if (columns.end < p->filter_width) {
            acc = tt_padding_s8(acc, p->input_zero_point, weights + columns.end, p->filter_width,
                                p->filter_width - columns.end, inside);
        }
    }
    channel += (input_x + columns.begin * p->dilation_width) * p->input_channels;
    weights += columns.begin;
    acc = tt_dot_window_s8(acc, channel + rows->row, x_stride, x_step, weights, p->filter_width,
                           columns.end - columns.begin, inside - wrapped);
    if (p->input_ring_rows < p->input_height && wrapped > 0) {
        weights += (inside - wrapped) * p->filter_width;
        acc = tt_dot_window_s8(acc, channel + rows->wrapped, x_stride, x_step, weights, p->filter_width,
                               columns.end - columns.begin, wrapped);
    }
    return acc;
}

/*
 * Output rows row_begin to row_end - 1.
 *
 * bias[c] is the layer's bias less input_zero_point times the sum of the channel's weights; multiplier[c] and shift[c]
 * rescale the accumulator to the output's scale. A window has at most 255 taps along either extent.
 */
TT_KERNEL void tt_depthwise_conv_2d_s8(const tt_depthwise_conv_2d_params *p, const int8_t *input,
                                       const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
                                       const int8_t *shift, int8_t *output, int row_begin, int row_end)
{
    const int output_channels = p->input_channels * p->depth_multiplier;
    const int output_row = p->output_width * output_channels;

    for (int y = row_begin; y < row_end; y++) {
        const tt_depthwise_conv_2d_rows rows =
            tt_depthwise_conv_2d_rows_at(p, y * p->stride_height - p->padding_top);
        const tt_taps inside = rows.inside;
        const int8_t *w = weights;
        for (int c = 0; c < output_channels; c++) {
            const int32_t channel_multiplier = tt_flash_s32(&multiplier[p->per_channel ? c : 0]);
            const int channel_shift = tt_flash_s8(&shift[p->per_channel ? c : 0]);
            int32_t channel_bias = tt_flash_s32(&bias[c]);
            if (p->padded && inside.end - inside.begin < p->filter_height) {
                channel_bias = tt_padding_s8(channel_bias, p->input_zero_point, w, p->filter_width, p->filter_width,
                                             inside.begin);
                channel_bias = tt_padding_s8(channel_bias, p->input_zero_point, w + inside.end * p->filter_width,
                                             p->filter_width, p->filter_width, p->filter_height - inside.end);
            }
            const int8_t *channel = input + c / p->depth_multiplier;
            int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows) + c;
            for (int x = 0; x < p->output_width; x++) {
                const int32_t acc = tt_depthwise_conv_2d_dot_s8(p, channel_bias, channel, w, &rows,
                                                                x * p->stride_width - p->padding_left);
                *out = tt_output_s8(acc, channel_multiplier, channel_shift, p->output_zero_point, p->activation_min,
                                    p->activation_max);
                out += output_channels;
            }
            w += p->filter_height * p->filter_width;
        }
    }
}

#endif
