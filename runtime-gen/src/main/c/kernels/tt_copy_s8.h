/*
 * RESHAPE, SQUEEZE and EXPAND_DIMS where the output does not lie over the input.
 */
#ifndef TT_COPY_S8_H
#define TT_COPY_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int rows;
    int row_bytes;
    int output_ring_rows;
} tt_copy_params;

/* Output rows row_begin to row_end - 1; the input is held whole. */
TT_KERNEL void tt_copy_s8(const tt_copy_params *p, const int8_t *input, int8_t *output, int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        memmove(output + tt_row(y, p->row_bytes, p->rows, p->output_ring_rows), input + y * p->row_bytes,
                (size_t)p->row_bytes);
    }
}

#endif
