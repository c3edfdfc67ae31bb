/*
 * CONV_2D on pairs of int16, see tt_pairs.h: input [H, W, C_IN], output [H', W', C_OUT], int8.
 *
 * Two columns of the output at a time: their windows are widened to int16 once, and serve all channels.
 */
#ifndef TT_CONV_2D_PAIRS_S8_H
#define TT_CONV_2D_PAIRS_S8_H

#include <string.h>

#include "tt_pairs.h"

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
    int relu;             /* whether the zero point is -128, and saturation to int8 all that clamps */
    int input_zero_point; /* in [-128, 127], as all below */
    int output_zero_point;
    int activation_min;
    int activation_max;
} tt_conv_2d_pairs_params;

/* Where in the input a tap lies; one in the padding is `padding`. */
TT_KERNEL const int8_t *tt_conv_2d_pairs_tap(const tt_conv_2d_pairs_params *p, const int8_t *input,
                                             const int8_t *padding, int y, int x)
{
    if (p->padded && (y < 0 || y >= p->input_height || x < 0 || x >= p->input_width)) {
        return padding;
    }
    return input + tt_row(y, p->input_width * p->input_channels, p->input_height, p->input_ring_rows)
        + x * p->input_channels;
}

/* A position of the output, and where its window begins in the input. */
typedef struct {
    int y;
    int x;
    int input_y;
    int input_x;
} tt_conv_2d_pairs_position;

TT_KERNEL tt_conv_2d_pairs_position tt_conv_2d_pairs_at(const tt_conv_2d_pairs_params *p, int y, int x)
{
    const tt_conv_2d_pairs_position at = {y, x, y * p->stride_height - p->padding_top,
                                          x * p->stride_width - p->padding_left};
    return at;
}

/* Whether a row of a window lies inside the input. */
TT_KERNEL int tt_conv_2d_pairs_inside(const tt_conv_2d_pairs_params *p, int y, int x)
{
    return y >= 0 && y < p->input_height && x >= 0 && x + p->filter_width <= p->input_width;
}

/*
 * Widens two windows. pixels holds one pixel of padding and, unless a pixel is made of words, two windows of bytes.
 */
TT_KERNEL void tt_conv_2d_pairs_gather(const tt_conv_2d_pairs_params *p, const int8_t *input, int8_t *pixels,
                                       tt_pair *patch, tt_conv_2d_pairs_position at_a, tt_conv_2d_pairs_position at_b)
{
    const int channels = p->input_channels;
    const int words = channels % 4 == 0;
    const int window = (p->filter_height * p->filter_width * channels + 3) & ~3;
    int8_t *to_a = pixels + ((channels + 3) & ~3);
    int8_t *to_b = to_a + window;

    for (int ky = 0; ky < p->filter_height; ky++) {
        const int y_a = at_a.input_y + ky * p->dilation_height;
        const int y_b = at_b.input_y + ky * p->dilation_height;
        const int inside = !p->padded
            || (tt_conv_2d_pairs_inside(p, y_a, at_a.input_x) && tt_conv_2d_pairs_inside(p, y_b, at_b.input_x));
        if (p->dilation_width == 1 && inside) {
            const int8_t *a = tt_conv_2d_pairs_tap(p, input, pixels, y_a, at_a.input_x);
            const int8_t *b = tt_conv_2d_pairs_tap(p, input, pixels, y_b, at_b.input_x);
            if (words) {
                patch = tt_widen_2(patch, a, b, p->filter_width * channels / 4);
            } else {
                memcpy(to_a, a, (size_t)(p->filter_width * channels));
                memcpy(to_b, b, (size_t)(p->filter_width * channels));
                to_a += p->filter_width * channels;
                to_b += p->filter_width * channels;
            }
            continue;
        }
        for (int kx = 0; kx < p->filter_width; kx++) {
            const int step = kx * p->dilation_width;
            const int8_t *a = tt_conv_2d_pairs_tap(p, input, pixels, y_a, at_a.input_x + step);
            const int8_t *b = tt_conv_2d_pairs_tap(p, input, pixels, y_b, at_b.input_x + step);
            if (words) {
                patch = tt_widen_2(patch, a, b, channels / 4);
            } else {
                for (int c = 0; c < channels; c++) {
                    *to_a++ = a[c];
                    *to_b++ = b[c];
                }
            }
        }
    }
    if (!words) {
        to_a = pixels + ((channels + 3) & ~3);
        (void)tt_widen_2(patch, to_a, to_a + window, window / 4);
    }
}

/*
 * Output rows row_begin to row_end - 1.
 *
 * parameters are those of tt_columns; the bias is the layer's less input_zero_point times the sum of the channel's
 * weights. scratch is aligned to words: two widened windows, 4 bytes a tap; then, where windows reach over the border or
 * pixels are no words, a pixel; then, where pixels are no words, two windows of bytes. Taps and pixels are filled up to
 * a multiple of four. If the only window is the only pixel, and made of words, that alone is widened, 2 bytes a tap, and
 * not even that without a ReLU.
 */
TT_KERNEL void tt_conv_2d_pairs_s8(const tt_conv_2d_pairs_params *p, const int8_t *input, const int32_t *weights,
                                   const int32_t *parameters, int8_t *scratch, int8_t *output, int row_begin,
                                   int row_end)
{
    const int taps_4 = (p->filter_height * p->filter_width * p->input_channels + 3) / 4;
    const tt_outputs outputs = {p->output_channels, p->output_zero_point, p->activation_min, p->activation_max};
    const int output_row = p->output_width * p->output_channels;
    /* Whether the last of an odd number of positions needs no gathering. */
    const int pixel = !p->padded && p->filter_height * p->filter_width == 1 && p->input_channels % 4 == 0;
    tt_pair *patch = (tt_pair *)(void *)scratch;
    const int one_position = pixel && p->output_height * p->output_width == 1;
    int8_t *pixels = one_position ? scratch : scratch + 16 * taps_4;

    if (p->padded) {
        memset(pixels, p->input_zero_point, (size_t)p->input_channels);
    }
    int y = row_begin;
    int x = 0;
    while (y < row_end) {
        const tt_conv_2d_pairs_position a = tt_conv_2d_pairs_at(p, y, x);
        tt_conv_2d_pairs_position b = a;
        if (pixel && y == row_end - 1 && x == p->output_width - 1) {
            const int8_t *taps = tt_conv_2d_pairs_tap(p, input, 0, a.input_y, a.input_x);
            int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows)
                + x * p->output_channels;
            if (p->relu) {
                tt_one_column_relu(&outputs, taps, p->input_channels, patch, weights, parameters, out);
            } else {
                tt_one_column_any(&outputs, taps, p->input_channels, weights, parameters, out);
            }
            return;
        }
        for (int step = 0; step < 2; step++) {
            /* The second position is the next, on this row or on the one below; a last odd one is computed twice. */
            if (y < row_end) {
                b = tt_conv_2d_pairs_at(p, y, x);
                if (++x == p->output_width) {
                    x = 0;
                    y++;
                }
            }
        }
        int8_t *out_a = output + tt_row(a.y, output_row, p->output_height, p->output_ring_rows)
            + a.x * p->output_channels;
        int8_t *out_b = output + tt_row(b.y, output_row, p->output_height, p->output_ring_rows)
            + b.x * p->output_channels;
        tt_conv_2d_pairs_gather(p, input, pixels, patch, a, b);
        if (p->relu) {
            tt_columns_relu(&outputs, patch, taps_4, weights, parameters, out_a, out_b);
        } else {
            tt_columns_any(&outputs, patch, taps_4, weights, parameters, out_a, out_b);
        }
    }
}

#endif
