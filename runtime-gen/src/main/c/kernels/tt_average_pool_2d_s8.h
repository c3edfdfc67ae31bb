/*
 * AVERAGE_POOL_2D: input [H, W, C], output [H', W', C], int8 of one scale. Taps in the padding do not count.
 */
#ifndef TT_AVERAGE_POOL_2D_S8_H
#define TT_AVERAGE_POOL_2D_S8_H

#include "tt_kernel.h"

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
    int padding_top;
    int padding_left;
    int padded;         /* whether any window reaches over the border */
    int activation_min; /* in [-128, 127], as below */
    int activation_max;
} tt_average_pool_2d_params;

/* The mean of so many taps, ties away from zero. */
TT_KERNEL int8_t tt_average_pool_2d_mean(const tt_average_pool_2d_params *p, int32_t sum, int32_t count)
{
    const int32_t half = count / 2;
    sum += sum > 0 ? half : -half;
    /* Up to 255 taps the sum fits 16 bits, and an 8-bit machine divides these far sooner. */
    sum = (int32_t)p->filter_height * p->filter_width <= 255 ? (int)sum / (int)count : sum / count;
    return tt_clamp(sum, p->activation_min, p->activation_max);
}

#if defined(TT_HAS_OCTETS)
/* Eight channels of a window of up to 255 taps, the first at in + row. */
TT_KERNEL void tt_average_pool_2d_octet(const tt_average_pool_2d_params *p, const int8_t *in, int row, tt_taps rows,
                                        tt_taps columns, int8_t *out)
{
    const int input_row = p->input_width * p->channels;
    tt_octet octet = tt_octet_of(0);
    int16_t sums[8];

    for (int ky = rows.begin; ky < rows.end; ky++) {
        const int8_t *x = in + row;
        for (int kx = columns.begin; kx < columns.end; kx++) {
            octet = tt_octet_add_s8(octet, x);
            x += p->channels;
        }
        row = tt_row_below(row, 1, input_row, p->input_height, p->input_ring_rows);
    }
    tt_octet_to_s16(sums, octet);
    for (int c = 0; c < 8; c++) {
        out[c] = tt_average_pool_2d_mean(p, sums[c], (int32_t)(rows.end - rows.begin) * (columns.end - columns.begin));
    }
}
#endif

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_average_pool_2d_s8(const tt_average_pool_2d_params *p, const int8_t *input, int8_t *output,
                                     int row_begin, int row_end)
{
    const int input_row = p->input_width * p->channels;
    const int output_row = p->output_width * p->channels;
    tt_taps rows = {0, p->filter_height};
    tt_taps columns = {0, p->filter_width};

    for (int y = row_begin; y < row_end; y++) {
        const int input_y = y * p->stride_height - p->padding_top;
        int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows);
        if (p->padded) {
            rows = tt_taps_inside(input_y, 1, p->filter_height, p->input_height);
        }
        const int first_row = tt_row(input_y + rows.begin, input_row, p->input_height, p->input_ring_rows);
        for (int x = 0; x < p->output_width; x++) {
            const int input_x = x * p->stride_width - p->padding_left;
            if (p->padded) {
                columns = tt_taps_inside(input_x, 1, p->filter_width, p->input_width);
            }
            const int32_t count = (int32_t)(rows.end - rows.begin) * (columns.end - columns.begin);
            int c = 0;
#if defined(TT_HAS_OCTETS)
            if ((int32_t)p->filter_height * p->filter_width <= 255) {
                for (; c + 8 <= p->channels; c += 8) {
                    tt_average_pool_2d_octet(p, input + (input_x + columns.begin) * p->channels + c, first_row, rows,
                                             columns, out);
                    out += 8;
                }
            }
#endif
            for (; c < p->channels; c++) {
                int32_t sum = 0;
                int row = first_row;
                for (int ky = rows.begin; ky < rows.end; ky++) {
                    const int8_t *in = input + row + (input_x + columns.begin) * p->channels + c;
                    for (int kx = columns.begin; kx < columns.end; kx++) {
                        sum += *in;
                        in += p->channels;
                    }
                    row = tt_row_below(row, 1, input_row, p->input_height, p->input_ring_rows);
                }
                *out++ = tt_average_pool_2d_mean(p, sum, count);
            }
        }
    }
}

#endif
