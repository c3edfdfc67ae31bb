/*
 * PAD: input [H, W, C] surrounded by the zero point, int8.
 */
#ifndef TT_PAD_S8_H
#define TT_PAD_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int input_height;
    int input_width;
    int input_channels;
    int input_ring_rows;
    int output_height;
    int output_width;
    int output_channels;
    int output_ring_rows;
    int top;   /* rows before the input's first */
    int left;  /* columns before the input's first */
    int front; /* channels before the input's first */
    int zero_point;
} tt_pad_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_pad_s8(const tt_pad_params *p, const int8_t *input, int8_t *output, int row_begin, int row_end)
{
    const int input_row = p->input_width * p->input_channels;
    const int output_row = p->output_width * p->output_channels;

    for (int y = row_begin; y < row_end; y++) {
        int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows);
        memset(out, p->zero_point, (size_t)output_row);
        if (y >= p->top && y < p->top + p->input_height) {
            const int8_t *in = input + tt_row(y - p->top, input_row, p->input_height, p->input_ring_rows);
            out += p->left * p->output_channels + p->front;
            for (int x = 0; x < p->input_width; x++) {
                memcpy(out, in, (size_t)p->input_channels);
                in += p->input_channels;
                out += p->output_channels;
            }
        }
    }
}

#endif
