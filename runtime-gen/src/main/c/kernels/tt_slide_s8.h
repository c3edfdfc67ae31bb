/*
 * SLIDE, of any elements: new rows behind a state that holds those before them. Output rows are computed in order, each
 * once; a row is kept in the place of one that has been read before.
 */
#ifndef TT_SLIDE_S8_H
#define TT_SLIDE_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int rows;      /* of the output */
    int row_bytes;
    int kept_rows; /* of the state; all others are new */
    int input_ring_rows;
    int output_ring_rows;
} tt_slide_params;

/* Output rows row_begin to row_end - 1, oldest first. */
TT_KERNEL void tt_slide_s8(const tt_slide_params *p, const int8_t *input, int8_t *state, int8_t *output, int row_begin,
                           int row_end)
{
    const int new_rows = p->rows - p->kept_rows;
    const int whole = p->input_ring_rows >= new_rows && p->output_ring_rows >= p->rows;
    /* Rows that lie behind each other are moved together. */
    for (int y = row_begin; y < row_end;) {
        const int kept = y < p->kept_rows;
        const int last = kept && row_end > p->kept_rows ? p->kept_rows : row_end;
        const int end = whole ? last : y + 1;
        const int8_t *in = kept ? state + y * p->row_bytes
                                : input + tt_row(y - p->kept_rows, p->row_bytes, new_rows, p->input_ring_rows);
        int8_t *out = output + tt_row(y, p->row_bytes, p->rows, p->output_ring_rows);
        memcpy(out, in, (size_t)((end - y) * p->row_bytes));
        if (end > new_rows) {
            const int first = y > new_rows ? y : new_rows;
            memcpy(state + (first - new_rows) * p->row_bytes, out + (first - y) * p->row_bytes,
                   (size_t)((end - first) * p->row_bytes));
        }
        y = end;
    }
}

#endif
