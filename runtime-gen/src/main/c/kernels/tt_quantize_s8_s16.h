/*
 * QUANTIZE from int8 to int16.
 */
#ifndef TT_QUANTIZE_S8_S16_H
#define TT_QUANTIZE_S8_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int rows;
    int row_elements;
    int input_ring_rows;
    int output_ring_rows;
    int input_zero_point; /* in [-128, 127] */
    int32_t multiplier;   /* the input's scale in the output's */
    int shift;
} tt_quantize_s8_s16_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_quantize_s8_s16(const tt_quantize_s8_s16_params *p, const int8_t *input, int16_t *output,
                                  int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in = input + tt_row(y, p->row_elements, p->rows, p->input_ring_rows);
        int16_t *out = output + tt_row(y, p->row_elements, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->row_elements; i++) {
            const int x = *in++ - p->input_zero_point;
            *out++ = tt_clamp_s16(tt_requantize(x, p->multiplier, p->shift), -32768, 32767);
        }
    }
}

#endif
