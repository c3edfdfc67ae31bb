/*
 * CONCATENATION, int8: the part of one operand. A call for each operand computes the whole.
 */
#ifndef TT_CONCATENATION_S8_H
#define TT_CONCATENATION_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int rows;         /* of the output */
    int row_bytes;    /* of the output */
    int input_rows;   /* of the operand, which are the output's from first_row on */
    int first_row;
    int input_ring_rows;
    int output_ring_rows;
    int runs;         /* stretches that the operand has in a row */
    int run_bytes;
    int first_byte;   /* where the first of them lies in the output's row */
    int pitch_bytes;  /* from one to the next there */
} tt_concatenation_params;

/* What output rows row_begin to row_end - 1 have of the operand. */
TT_KERNEL void tt_concatenation_s8(const tt_concatenation_params *p, const int8_t *input, int8_t *output, int row_begin,
                                   int row_end)
{
    const int end = p->first_row + p->input_rows;

    for (int y = row_begin > p->first_row ? row_begin : p->first_row; y < (row_end < end ? row_end : end); y++) {
        const int8_t *in =
            input + tt_row(y - p->first_row, p->runs * p->run_bytes, p->input_rows, p->input_ring_rows);
        int8_t *out = output + tt_row(y, p->row_bytes, p->rows, p->output_ring_rows) + p->first_byte;
        for (int i = 0; i < p->runs; i++) {
            memcpy(out, in, (size_t)p->run_bytes);
            in += p->run_bytes;
            out += p->pitch_bytes;
        }
    }
}

#endif
