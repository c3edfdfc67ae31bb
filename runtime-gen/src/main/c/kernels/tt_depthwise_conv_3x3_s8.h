/*
 * DEPTHWISE_CONV_2D with a window of 3 by 3, on pairs of int16: input [H, W, C], weights packed as [C, 3, 3], output
 * [H', W', C], all int8; C is a multiple of four.
 *
 * Four channels at a time. Of each, three rows of the input are held as pairs of neighbours, widened, with the zero
 * point around: rows slide, so every byte of the input is widened once. A pair that begins on an even column serves two
 * windows: (x0 x1)(x2 x3) are x0 x1 x2 of one and x1 x2 x3 of the next, and the third product of each is one of halves.
 */
#ifndef TT_DEPTHWISE_CONV_3X3_S8_H
#define TT_DEPTHWISE_CONV_3X3_S8_H

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
    int padding_top;
    int padding_left;
    int relu;             /* whether the zero point is -128, and saturation to int8 all that clamps */
    int input_zero_point; /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_depthwise_conv_3x3_params;

/*
 * Widens a row of four channels to `pairs` pairs each, for one of the three slots; the first column is -padding_left. A
 * row outside the input is null. A plane, which is a channel's, has the three slots of a pair side by side.
 */
TT_SHARED void tt_widen_row_4(const int8_t *row, int width, int step, int padding_left, int zero_point, tt_pair *to,
                              int pairs)
{
    const uint32_t padding = (uint32_t)(uint8_t)zero_point * UINT32_C(0x01010101);
    const int plane = 3 * pairs;
    int x = -padding_left;
    if (row == 0) {
        width = 0;
    } else {
        row += x * step;
    }
    for (int i = 0; i < pairs; i++) {
        const uint32_t a = x >= 0 && x < width ? tt_load_s8x4(row) : padding;
        const uint32_t b = x + 1 >= 0 && x + 1 < width ? tt_load_s8x4(row + step) : padding;
        const uint32_t even_a = tt_even_s8x4(a);
        const uint32_t even_b = tt_even_s8x4(b);
        const uint32_t odd_a = tt_odd_s8x4(a);
        const uint32_t odd_b = tt_odd_s8x4(b);
        to[0] = tt_low_low(even_a, even_b);
        to[plane] = tt_low_low(odd_a, odd_b);
        to[2 * plane] = tt_high_high(even_a, even_b);
        to[3 * plane] = tt_high_high(odd_a, odd_b);
        to += 3;
        x += 2;
        row += 2 * step;
    }
}

/*
 * A row of four channels. Slot `first` of the planes holds the first row that the windows see: so the rows of weights
 * are turned, not the slots.
 */
TT_KERNEL void tt_depthwise_3x3_row(const tt_outputs *o, const tt_pair *planes, int pairs, int first,
                                    const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
                                    const int8_t *half_shift, int8_t *output, int width, int stride, int relu)
{
    const tt_outputs layer = *o; /* a copy, which no write of an output can change */
    const int w_0 = first == 0 ? 0 : 9 - 3 * first;
    const int w_1 = w_0 == 6 ? 0 : w_0 + 3;
    const int w_2 = w_1 == 6 ? 0 : w_1 + 3;

    for (int c = 0; c < 4; c++) {
        /* Of a row x y z of weights the pairs x y and y z; what is loaded behind z does not matter. */
        const uint32_t row_0 = tt_load_s8x4(weights + w_0);
        const uint32_t row_1 = tt_load_s8x4(weights + w_1);
        const uint32_t row_2 = tt_load_s8x4(weights + w_2);
        const uint32_t xy_0 = tt_low_low(tt_even_s8x4(row_0), tt_odd_s8x4(row_0));
        const uint32_t yz_0 = tt_low_high(tt_odd_s8x4(row_0), tt_even_s8x4(row_0));
        const uint32_t xy_1 = tt_low_low(tt_even_s8x4(row_1), tt_odd_s8x4(row_1));
        const uint32_t yz_1 = tt_low_high(tt_odd_s8x4(row_1), tt_even_s8x4(row_1));
        const uint32_t xy_2 = tt_low_low(tt_even_s8x4(row_2), tt_odd_s8x4(row_2));
        const uint32_t yz_2 = tt_low_high(tt_odd_s8x4(row_2), tt_even_s8x4(row_2));
        const int shift = half_shift[c];
        const int32_t rounding = tt_rounding(layer.zero_point, shift);
        const tt_pair *in = planes + 3 * pairs * c;
        int8_t *out = output + c;

        for (int x = 0; x < width; x += 3 - stride) {
            int32_t sum = tt_low_times_high(tt_dot_s16x2(bias[c], in[0], xy_0), in[3], yz_0);
            sum = tt_low_times_high(tt_dot_s16x2(sum, in[1], xy_1), in[4], yz_1);
            sum = tt_low_times_high(tt_dot_s16x2(sum, in[2], xy_2), in[5], yz_2);
            sum = tt_output_of_twice(tt_twice(sum), multiplier[c], shift, rounding, relu);
            *out = relu ? (int8_t)sum : tt_clamp(sum, layer.activation_min, layer.activation_max);
            out += layer.channels;
            if (stride == 1 && x + 1 < width) {
                sum = tt_low_times_high(tt_dot_s16x2(bias[c], in[3], yz_0), xy_0, in[0]);
                sum = tt_low_times_high(tt_dot_s16x2(sum, in[4], yz_1), xy_1, in[1]);
                sum = tt_low_times_high(tt_dot_s16x2(sum, in[5], yz_2), xy_2, in[2]);
                sum = tt_output_of_twice(tt_twice(sum), multiplier[c], shift, rounding, relu);
                *out = relu ? (int8_t)sum : tt_clamp(sum, layer.activation_min, layer.activation_max);
                out += layer.channels;
            }
            in += 3;
        }
        weights += 9;
    }
}

/* The same, compiled once for each kind of layer. */
#define TT_DEPTHWISE_3X3_ROW(name, stride, relu)                                                                      \
    TT_SHARED void name(const tt_outputs *o, const tt_pair *planes, int pairs, int first, const int8_t *weights,      \
                        const int32_t *bias, const int32_t *multiplier, const int8_t *half_shift, int8_t *output,     \
                        int width)                                                                                    \
    {                                                                                                                 \
        tt_depthwise_3x3_row(o, planes, pairs, first, weights, bias, multiplier, half_shift, output, width, stride,   \
                             relu);                                                                                   \
    }
TT_DEPTHWISE_3X3_ROW(tt_depthwise_3x3_any, 1, 0)
TT_DEPTHWISE_3X3_ROW(tt_depthwise_3x3_relu, 1, 1)
TT_DEPTHWISE_3X3_ROW(tt_depthwise_3x3_stride_2_any, 2, 0)
TT_DEPTHWISE_3X3_ROW(tt_depthwise_3x3_stride_2_relu, 2, 1)

/*
 * Output rows row_begin to row_end - 1.
 *
 * bias[c] is the layer's bias less input_zero_point times the sum of the channel's weights; half_shift[c] is the right
 * shift less 1. Behind the weights lies a byte more. scratch is aligned to words and holds three rows of four channels,
 * 48 bytes a pair.
 */
TT_KERNEL void tt_depthwise_conv_3x3_s8(const tt_depthwise_conv_3x3_params *p, const int8_t *input,
                                        const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
                                        const int8_t *half_shift, int8_t *scratch, int8_t *output, int row_begin,
                                        int row_end)
{
    const tt_outputs outputs = {p->channels, p->output_zero_point, p->activation_min, p->activation_max};
    const int row_bytes = p->input_width * p->channels;
    const int pairs = p->stride == 1 ? (p->output_width + 3) / 2 : p->output_width + 1;
    tt_pair *planes = (tt_pair *)(void *)scratch;

    for (int c = 0; c < p->channels; c += 4) {
        int in_y = row_begin * p->stride - p->padding_top; /* the next row to widen, which may lie outside */
        int slot = 0;
        int first = 0;
        int missing = 3;
        for (int y = row_begin; y < row_end; y++) {
            for (; missing > 0; missing--) {
                const int8_t *row = 0;
                if (in_y >= 0 && in_y < p->input_height) {
                    row = input + tt_row(in_y, row_bytes, p->input_height, p->input_ring_rows) + c;
                }
                tt_widen_row_4(row, p->input_width, p->channels, p->padding_left, p->input_zero_point, planes + slot,
                               pairs);
                slot = slot == 2 ? 0 : slot + 1;
                in_y++;
            }
            int8_t *out = output + tt_row(y, p->output_width * p->channels, p->output_height, p->output_ring_rows) + c;
            if (p->stride == 1 && p->relu) {
                tt_depthwise_3x3_relu(&outputs, planes, pairs, first, weights + 9 * c, bias + c, multiplier + c,
                                      half_shift + c, out, p->output_width);
            } else if (p->stride == 1) {
                tt_depthwise_3x3_any(&outputs, planes, pairs, first, weights + 9 * c, bias + c, multiplier + c,
                                     half_shift + c, out, p->output_width);
            } else if (p->relu) {
                tt_depthwise_3x3_stride_2_relu(&outputs, planes, pairs, first, weights + 9 * c, bias + c, multiplier + c,
                                               half_shift + c, out, p->output_width);
            } else {
                tt_depthwise_3x3_stride_2_any(&outputs, planes, pairs, first, weights + 9 * c, bias + c, multiplier + c,
                                              half_shift + c, out, p->output_width);
            }
            first = (first + p->stride) % 3;
            missing = p->stride;
        }
    }
}

#endif
