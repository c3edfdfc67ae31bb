/*
 * Any operator that maps each int8 on its own: a table of its 256 results.
 */
#ifndef TT_LOOKUP_S8_H
#define TT_LOOKUP_S8_H

#include "tt_kernel.h"

typedef struct {
    int rows;
    int row_bytes;
    int input_ring_rows;
    int output_ring_rows;
} tt_lookup_params;

/* Output rows row_begin to row_end - 1. table[x + 128] is the result of x. */
TT_KERNEL void tt_lookup_s8(const tt_lookup_params *p, const int8_t *input, const int8_t *table, int8_t *output,
                            int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in = input + tt_row(y, p->row_bytes, p->rows, p->input_ring_rows);
        int8_t *out = output + tt_row(y, p->row_bytes, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->row_bytes; i++) {
            *out++ = tt_flash_s8(&table[*in++ + 128]);
        }
    }
}

#endif
