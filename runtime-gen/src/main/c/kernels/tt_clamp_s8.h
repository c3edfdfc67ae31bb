/*
 * RELU and its like between tensors of one scale: a clamp, int8.
 */
#ifndef TT_CLAMP_S8_H
#define TT_CLAMP_S8_H

#include "tt_kernel.h"

typedef struct {
    int rows;
    int row_bytes;
    int input_ring_rows;
    int output_ring_rows;
    int activation_min;
    int activation_max;
} tt_clamp_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_clamp_s8(const tt_clamp_params *p, const int8_t *input, int8_t *output, int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in = input + tt_row(y, p->row_bytes, p->rows, p->input_ring_rows);
        int8_t *out = output + tt_row(y, p->row_bytes, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->row_bytes; i++) {
            *out++ = tt_clamp(*in++, p->activation_min, p->activation_max);
        }
    }
}

#endif
