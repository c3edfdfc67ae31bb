/*
 * PRELU, int8: what is negative is multiplied by a slope, which repeats from channel to channel or from row to row.
 */
#ifndef TT_PRELU_S8_H
#define TT_PRELU_S8_H

#include "tt_kernel.h"

typedef struct {
    int rows;
    int row_bytes;
    int input_ring_rows;
    int output_ring_rows;
    int slopes;         /* for a row, a divisor of row_bytes */
    int slopes_of_rows; /* whether each row has slopes of its own */
    int input_zero_point; /* in [-128, 127] */
    int slope_zero_point;
    int output_zero_point;
    int32_t identity_multiplier; /* of what is not negative */
    int identity_shift;
    int32_t product_multiplier; /* of products with slopes */
    int product_shift;
} tt_prelu_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_prelu_s8(const tt_prelu_params *p, const int8_t *input, const int8_t *slope, int8_t *output,
                           int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in = input + tt_row(y, p->row_bytes, p->rows, p->input_ring_rows);
        const int8_t *a = slope + (p->slopes_of_rows ? y * p->slopes : 0);
        int8_t *out = output + tt_row(y, p->row_bytes, p->rows, p->output_ring_rows);
        for (int begin = 0; begin < p->row_bytes; begin += p->slopes) {
            for (int i = 0; i < p->slopes; i++) {
                const int x = *in++ - p->input_zero_point;
                /* A product is at most 255 * 255 in magnitude. */
                *out++ = x >= 0
                    ? tt_output_s8(x, p->identity_multiplier, p->identity_shift, p->output_zero_point, -128, 127)
                    : tt_output_s8((int32_t)x * (tt_flash_s8(&a[i]) - p->slope_zero_point), p->product_multiplier,
                                   p->product_shift, p->output_zero_point, -128, 127);
            }
        }
    }
}

#endif
