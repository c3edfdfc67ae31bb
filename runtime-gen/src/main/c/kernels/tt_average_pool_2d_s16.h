/*
 * AVERAGE_POOL_2D: input [H, W, C], output [H', W', C], int16 of one scale. Taps in the padding do not count.
 */
#ifndef TT_AVERAGE_POOL_2D_S16_H
#define TT_AVERAGE_POOL_2D_S16_H

#include "tt_kernel_s16.h"

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
    int activation_min; /* in [-32768, 32767], as below */
    int activation_max;
} tt_average_pool_2d_s16_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_average_pool_2d_s16(const tt_average_pool_2d_s16_params *p, const int16_t *input, int16_t *output,
                                      int row_begin, int row_end)
{
    const int input_row = p->input_width * p->channels;
    const int output_row = p->output_width * p->channels;
    tt_taps rows = {0, p->filter_height};
    tt_taps columns = {0, p->filter_width};

    for (int y = row_begin; y < row_end; y++) {
        const int input_y = y * p->stride_height - p->padding_top;
        int16_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows);
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
            for (int c = 0; c < p->channels; c++) {
                int32_t sum = 0;
                int row = first_row;
                for (int ky = rows.begin; ky < rows.end; ky++) {
                    const int16_t *in = input + row + (input_x + columns.begin) * p->channels + c;
                    for (int kx = columns.begin; kx < columns.end; kx++) {
                        sum += *in;
                        in += p->channels;
                    }
                    row = tt_row_below(row, 1, input_row, p->input_height, p->input_ring_rows);
                }
                const int32_t half = count / 2;
                sum += sum > 0 ? half : -half;
                sum /= count;
                *out++ = tt_clamp_s16(sum, p->activation_min, p->activation_max);
            }
        }
    }
}

#endif
