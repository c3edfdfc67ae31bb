/*
 * RESIZE_NEAREST_NEIGHBOR: an image [H, W, C] of another size, int8. Tables say which pixel is the nearest.
 */
#ifndef TT_RESIZE_NEAREST_NEIGHBOR_S8_H
#define TT_RESIZE_NEAREST_NEIGHBOR_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int input_height;
    int input_width;
    int channels;
    int input_ring_rows;
    int output_height;
    int output_width;
    int output_ring_rows;
} tt_resize_nearest_neighbor_params;

/* Output rows row_begin to row_end - 1: each pixel is that of the input in rows[y] and columns[x]. */
TT_KERNEL void tt_resize_nearest_neighbor_s8(const tt_resize_nearest_neighbor_params *p, const int8_t *input,
                                             const int16_t *rows, const int16_t *columns, int8_t *output,
                                             int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in = input
            + tt_row(tt_flash_s16(&rows[y]), p->input_width * p->channels, p->input_height, p->input_ring_rows);
        int8_t *out = output + tt_row(y, p->output_width * p->channels, p->output_height, p->output_ring_rows);
        for (int x = 0; x < p->output_width; x++) {
            memcpy(out, in + tt_flash_s16(&columns[x]) * p->channels, (size_t)p->channels);
            out += p->channels;
        }
    }
}

#endif
