/*
 * DEPTHWISE_CONV_2D with a window of 3 by 3, on pairs of int16: input [H, W, C], output [H', W', C], int8; C is a
 * multiple of four.
 *
 * Two channels at a time, every second of four, as widening a word gives them. A column of the input is loaded and
 * widened once for the windows that see it, whose sums stay in registers: of three windows, or with a stride of 2 of
 * two. Nothing is kept between calls, so that it makes no difference whether rows are computed one by one.
 *
 * At most one row or column on each side is padding. Its weights times the zero point are added to the bias instead.
 *
 * Weights are packed at export, one byte each: for every four channels and column of the window three words, of the
 * bytes (0, r0) (1, r0) (0, r1) (1, r1), then (2, r0) (3, r0) (2, r1) (3, r1), then r2 of 0 to 3; r is the window's row.
 */
#ifndef TT_DEPTHWISE_CONV_3X3_S8_H
#define TT_DEPTHWISE_CONV_3X3_S8_H

#include <string.h>

#include "tt_pairs.h"

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
} tt_depthwise_conv_3x3_params;

/* What the rows of a layer have in common. */
typedef struct {
    int columns; /* that windows see */
    int padding_left;
    int padding_right;
    int last_output; /* of a channel, from its first */
    uint32_t zero_points; /* a pair */
    uint32_t left;        /* the same where a row's first window sees padding, otherwise 0 */
    uint32_t right;       /* or its last window */
    int activation_min;
    int activation_max;
} tt_row_3x3;

/*
 * Rows that are computed together, so that weights are widened once for them: several whose windows lie inside the input,
 * or one that sees padding. A row of a window that is padding is any other of the window's.
 */
#define TT_ROWS_3X3 4
typedef struct {
    const int8_t *input[2 * TT_ROWS_3X3 + 1]; /* window i is rows stride * i and the next two */
    int8_t *output[TT_ROWS_3X3];
    int count;
    int padding_above;
    int padding_below;
} tt_rows_3x3;

/* What a column of zero points, a pair, adds to the sums of the windows of which it is column k. */
TT_KERNEL void tt_column_of_padding(const tt_stripe *s, uint32_t zero_points, int k, int32_t *sums)
{
    const uint32_t *w = &s->weights[3 * k];
    sums[0] = tt_low_times_low(tt_dot_s16x2(sums[0], zero_points, w[0]), zero_points, w[2]);
    sums[1] = tt_high_times_high(tt_dot_s16x2(sums[1], zero_points, w[1]), zero_points, w[2]);
}

/* Writes the output of a window, at x, and begins the sums of another. */
TT_KERNEL void tt_end_window(const tt_stripe *s, const tt_row_3x3 *row, int x, int32_t *first, int32_t *second,
                             int relu)
{
    const int32_t sums[2] = {*first, *second};
    for (int i = 0; i < 2; i++) {
        const tt_rescale *r = &s->rescale[i];
        const int32_t y = tt_output_of_twice(tt_twice(sums[i]), r->multiplier, (int)r->half_shift, r->rounding, relu);
        s->output[x + 2 * i] = relu ? (int8_t)y : tt_clamp(y, row->activation_min, row->activation_max);
    }
    *first = s->bias[0];
    *second = s->bias[1];
}

/*
 * Columns from x to the end. Each is the last of a window, whose output is written; the window after those that are
 * open takes its place. What remains open is left.
 */
TT_KERNEL void tt_columns_to_end(const tt_stripe *s, const tt_row_3x3 *row, int x, int odd, tt_windows *w, int relu)
{
    for (; x != s->end; x += s->step) {
        int32_t first = w->first[0];
        int32_t second = w->second[0];
        tt_column_of_3(s, x, odd, &first, &w->first[1], &w->first[2], &second, &w->second[1], &w->second[2]);
        tt_end_window(s, row, x, &first, &second, relu);
        w->first[0] = w->first[1];
        w->first[1] = w->first[2];
        w->first[2] = first;
        w->second[0] = w->second[1];
        w->second[1] = w->second[2];
        w->second[2] = second;
    }
}

/* A row of two channels, stride 1. */
TT_KERNEL void tt_two_channels_of_a_row(const tt_stripe *s, const tt_row_3x3 *row, int odd, int relu)
{
#if defined(TT_HAS_WINDOWS_OF_A_ROW)
    if (relu) {
        tt_windows_of_a_row_relu(s, odd);
        return;
    }
#endif
    tt_windows w = {{s->begin[0], s->bias[0], s->bias[0]}, {s->begin[1], s->bias[1], s->bias[1]}};
    int x = s->start;
    if (!s->padding_left) {
        int32_t none[4] = {0, 0, 0, 0};
        tt_column_of_3(s, x, odd, &none[0], &none[1], &w.first[0], &none[2], &none[3], &w.second[0]);
        x += s->step;
    }
    {
        int32_t none[2] = {0, 0};
        tt_column_of_3(s, x, odd, &none[0], &w.first[0], &w.first[1], &none[1], &w.second[0], &w.second[1]);
        x += s->step;
    }
    tt_columns_to_end(s, row, x, odd, &w, relu);
    if (s->padding_right) {
        w.first[0] += s->right[0];
        w.second[0] += s->right[1];
        tt_end_window(s, row, s->end, &w.first[0], &w.second[0], relu);
    }
}

/*
 * The same with a stride of 2, two columns at a time: the first is the middle of a window; the second its last, and the
 * first of the next. Gives the column that is left.
 */
TT_KERNEL int tt_columns_to_end_stride_2(const tt_stripe *s, const tt_row_3x3 *row, int x, int odd, tt_windows *w,
                                         int relu)
{
    int output_x = 0;
#if defined(TT_HAS_COLUMNS_TO_END_STRIDE_2)
    if (relu) {
        return x + s->step < s->end ? tt_columns_to_end_stride_2_relu(s, x, odd, w) : x;
    }
#endif
    for (; x + s->step < s->end; x += 2 * s->step) {
        int32_t first = w->first[0];
        int32_t second = w->second[0];
        tt_column_of_1(s, x, odd, &first, &second);
        tt_column_of_2(s, x + s->step, odd, &first, &w->first[1], &second, &w->second[1]);
        tt_end_window(s, row, output_x, &first, &second, relu);
        output_x += s->step;
        w->first[0] = w->first[1];
        w->first[1] = first;
        w->second[0] = w->second[1];
        w->second[1] = second;
    }
    return x;
}

/* A row of two channels, stride 2. */
TT_KERNEL void tt_two_channels_of_a_row_stride_2(const tt_stripe *s, const tt_row_3x3 *row, int odd, int relu)
{
    tt_windows w = {{s->begin[0], s->bias[0], 0}, {s->begin[1], s->bias[1], 0}};
    int x = s->start;

    if (!s->padding_left) {
        int32_t none[2] = {0, 0};
        tt_column_of_2(s, x, odd, &none[0], &w.first[0], &none[1], &w.second[0]);
        x += s->step;
    }
    x = tt_columns_to_end_stride_2(s, row, x, odd, &w, relu);
    if (s->padding_right) {
        tt_column_of_1(s, x, odd, &w.first[0], &w.second[0]);
        w.first[0] += s->right[0];
        w.second[0] += s->right[1];
        tt_end_window(s, row, row->last_output, &w.first[0], &w.second[0], relu);
    }
}

/* Leaves row r of the window, 0 or 2, out: it sees padding, which the bias takes. */
TT_KERNEL void tt_leave_out(tt_stripe *s, const tt_row_3x3 *row, int r)
{
    for (int k = 0; k < 9; k += 3) {
        if (r == 0) {
            s->bias[0] = tt_low_times_low(s->bias[0], row->zero_points, s->weights[k]);
            s->bias[1] = tt_low_times_low(s->bias[1], row->zero_points, s->weights[k + 1]);
            s->weights[k] &= UINT32_C(0xFFFF0000);
            s->weights[k + 1] &= UINT32_C(0xFFFF0000);
        } else {
            s->bias[0] = tt_low_times_low(s->bias[0], row->zero_points, s->weights[k + 2]);
            s->bias[1] = tt_high_times_high(s->bias[1], row->zero_points, s->weights[k + 2]);
            s->weights[k + 2] = 0;
        }
    }
}

/* What columns of padding add to the sums of a row's first and last window. */
TT_KERNEL void tt_add_padding(tt_stripe *s, const tt_row_3x3 *row)
{
    s->begin[0] = s->bias[0];
    s->begin[1] = s->bias[1];
    s->right[0] = 0;
    s->right[1] = 0;
    tt_column_of_padding(s, row->left, 0, s->begin);
    tt_column_of_padding(s, row->right, 2, s->right);
}

/* The weights of two channels, biases and what columns of padding add. */
TT_KERNEL void tt_begin_stripe(tt_stripe *s, const tt_row_3x3 *row, const tt_rows_3x3 *rows, const int32_t *weights,
                               int odd)
{
#if defined(TT_HAS_WIDEN_STRIPE)
    tt_widen_stripe(s, weights, odd, row->left, row->right);
#else
    tt_widen_9(s->weights, weights, odd);
    tt_add_padding(s, row);
#endif
    if (rows->padding_above || rows->padding_below) {
        if (rows->padding_above) {
            tt_leave_out(s, row, 0);
        }
        if (rows->padding_below) {
            tt_leave_out(s, row, 2);
        }
        tt_add_padding(s, row);
    }
}

/* Rows of all channels. */
TT_KERNEL void tt_depthwise_3x3_rows(const tt_outputs *o, const tt_row_3x3 *row, const tt_rows_3x3 *rows,
                                     const int32_t *weights, const int32_t *bias, const int32_t *multiplier,
                                     const int8_t *half_shift, int stride, int relu)
{
    tt_stripe s;
    const int channels = o->channels;
    const int zero_point = o->zero_point;
    const int columns = row->columns * channels;
    const int behind = stride == 1 ? (2 - row->padding_left) * channels : 0;
    s.step = channels;
    s.padding_left = row->padding_left;
    s.padding_right = row->padding_right;
    for (int c = 0; c < channels; c += 4) {
        s.start = c;
        s.end = columns + c;
        TT_UNROLL_2
        for (int odd = 0; odd < 2; odd++) {
            TT_UNROLL_2
            for (int i = 0; i < 2; i++) {
                const int channel = c + odd + 2 * i;
                s.bias[i] = bias[channel];
                s.rescale[i].multiplier = multiplier[channel];
                s.rescale[i].half_shift = half_shift[channel];
                s.rescale[i].rounding = tt_rounding(zero_point, half_shift[channel]);
            }
            tt_begin_stripe(&s, row, rows, weights, odd);
            for (int i = 0; i < rows->count; i++) {
                memcpy(s.row, &rows->input[stride * i], sizeof s.row);
                s.output = rows->output[i] + odd - behind;
                s.second_output = s.output + 2;
                if (stride == 1) {
                    tt_two_channels_of_a_row(&s, row, odd, relu);
                } else {
                    s.output += c;
                    tt_two_channels_of_a_row_stride_2(&s, row, odd, relu);
                }
            }
        }
        weights += 9;
    }
}

/* The same, compiled once for each kind of layer. */
#define TT_DEPTHWISE_3X3_ROWS(name, stride, relu)                                                                     \
    TT_SHARED void name(const tt_outputs *o, const tt_row_3x3 *row, const tt_rows_3x3 *rows, const int32_t *weights,  \
                        const int32_t *bias, const int32_t *multiplier, const int8_t *half_shift)                     \
    {                                                                                                                 \
        tt_depthwise_3x3_rows(o, row, rows, weights, bias, multiplier, half_shift, stride, relu);                     \
    }
TT_DEPTHWISE_3X3_ROWS(tt_depthwise_3x3_any, 1, 0)
TT_DEPTHWISE_3X3_ROWS(tt_depthwise_3x3_relu, 1, 1)
TT_DEPTHWISE_3X3_ROWS(tt_depthwise_3x3_stride_2_any, 2, 0)
TT_DEPTHWISE_3X3_ROWS(tt_depthwise_3x3_stride_2_relu, 2, 1)

/* Rows of the output from y on, as many as go together, of those before row_end. */
TT_KERNEL void tt_depthwise_3x3_gather(const tt_depthwise_conv_3x3_params *p, const int8_t *input, int8_t *output, int y,
                                       int row_end, tt_rows_3x3 *rows)
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
TT_KERNEL void tt_depthwise_conv_3x3_s8(const tt_depthwise_conv_3x3_params *p, const int8_t *input,
                                        const int32_t *weights, const int32_t *bias, const int32_t *multiplier,
                                        const int8_t *half_shift, int8_t *output, int row_begin, int row_end)
{
    const tt_outputs outputs = {p->channels, p->output_zero_point, p->activation_min, p->activation_max};
    const uint32_t zero_points = (uint32_t)p->input_zero_point << 16 | (uint16_t)p->input_zero_point;
    const tt_row_3x3 row = {p->stride * (p->output_width - 1) + 3 - p->padding_left - p->padding_right,
                            p->padding_left,
                            p->padding_right,
                            (p->output_width - 1) * p->channels,
                            zero_points,
                            p->padding_left ? zero_points : 0,
                            p->padding_right ? zero_points : 0,
                            p->activation_min,
                            p->activation_max};

    tt_rows_3x3 rows;

    for (int y = row_begin; y < row_end; y += rows.count) {
        tt_depthwise_3x3_gather(p, input, output, y, row_end, &rows);
        if (p->stride == 1 && p->relu) {
            tt_depthwise_3x3_relu(&outputs, &row, &rows, weights, bias, multiplier, half_shift);
        } else if (p->stride == 1) {
            tt_depthwise_3x3_any(&outputs, &row, &rows, weights, bias, multiplier, half_shift);
        } else if (p->relu) {
            tt_depthwise_3x3_stride_2_relu(&outputs, &row, &rows, weights, bias, multiplier, half_shift);
        } else {
            tt_depthwise_3x3_stride_2_any(&outputs, &row, &rows, weights, bias, multiplier, half_shift);
        }
    }
}

#endif
