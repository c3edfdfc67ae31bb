/*
 * QUANTIZE from int16 to int8.
 */
#ifndef TT_QUANTIZE_S16_S8_H
#define TT_QUANTIZE_S16_S8_H

#include "tt_kernel_s16.h"

typedef struct {
    int rows;
    int row_elements;
    int input_ring_rows;
    int output_ring_rows;
    int output_zero_point; /* in [-128, 127] */
    int32_t multiplier;    /* the input's scale in the output's */
    int shift;
} tt_quantize_s16_s8_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_quantize_s16_s8(const tt_quantize_s16_s8_params *p, const int16_t *input, int8_t *output,
                                  int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int16_t *in = input + tt_row(y, p->row_elements, p->rows, p->input_ring_rows);
        int8_t *out = output + tt_row(y, p->row_elements, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->row_elements; i++) {
            *out++ = tt_output_s8(*in++, p->multiplier, p->shift, p->output_zero_point, -128, 127);
        }
    }
}

#endif
