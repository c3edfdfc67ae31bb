/*
 * TRANSPOSE and STRIDED_SLICE, int8: elements of the input in another order, or some of them.
 *
 * A row of the output is extent_1 x extent_2 x extent_3 x extent_4 elements, the last of them next to each other; in
 * the input they are step_1 to step_4 elements apart.
 */
#ifndef TT_STRIDED_COPY_S8_H
#define TT_STRIDED_COPY_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int rows; /* of the output */
    int output_ring_rows;
    int input_rows;
    int input_row_bytes; /* from one row to the next; may be negative in an input that is held whole */
    int input_ring_rows;
    int first_row;  /* of the input, for the output's first */
    int row_step;   /* rows of the input from one row of the output to the next */
    int first_byte; /* in the input's row */
    int extent_1;
    int step_1;
    int extent_2;
    int step_2;
    int extent_3;
    int step_3;
    int extent_4;
    int step_4;
} tt_strided_copy_params;

/* The innermost elements of an output row. */
TT_KERNEL int8_t *tt_strided_copy_run(const tt_strided_copy_params *p, const int8_t *in, int8_t *out)
{
    if (p->step_4 == 1) {
        memcpy(out, in, (size_t)p->extent_4);
        return out + p->extent_4;
    }
    for (int i = 0; i < p->extent_4; i++) {
        *out++ = in[i * p->step_4];
    }
    return out;
}

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_strided_copy_s8(const tt_strided_copy_params *p, const int8_t *input, int8_t *output,
                                  int row_begin, int row_end)
{
    const int row_bytes = p->extent_1 * p->extent_2 * p->extent_3 * p->extent_4;

    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in = input + p->first_byte
            + tt_row(p->first_row + y * p->row_step, p->input_row_bytes, p->input_rows, p->input_ring_rows);
        int8_t *out = output + tt_row(y, row_bytes, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->extent_1; i++) {
            for (int j = 0; j < p->extent_2; j++) {
                for (int k = 0; k < p->extent_3; k++) {
                    out = tt_strided_copy_run(p, in + i * p->step_1 + j * p->step_2 + k * p->step_3, out);
                }
            }
        }
    }
}

#endif
