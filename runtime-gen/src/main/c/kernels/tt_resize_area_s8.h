/*
 * RESIZE_AREA: a part of a camera's image [H, W, C] averaged down, int8; each byte of the camera less 128. Colours may
 * become grey.
 *
 * Along both extents a pixel of the input has so many parts, and one of the output covers a span of them. All sums are of
 * whole numbers; where a ratio is whole, a pixel has one part and nothing is multiplied on the way.
 */
#ifndef TT_RESIZE_AREA_S8_H
#define TT_RESIZE_AREA_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int input_height;
    int input_width;
    int channels; /* 1 or 3 */
    int input_ring_rows;
    int output_height;
    int output_width;
    int output_ring_rows;
    int top; /* row and column at which the part begins */
    int left;
    int row_span; /* of a pixel of the output, in [row_parts, 4096] */
    int row_parts;
    int column_span;
    int column_parts;
    int grey;           /* whether three channels become one */
    int32_t weights;    /* row_span * column_span, at most 2^21 */
    int shift;          /* of sums, left: in [-14, 6] */
    int32_t multiplier; /* 2^24 over the shifted weights, rounded up */
} tt_resize_area_params;

/* What a pixel of the output covers along one extent: so many parts of a first pixel, whole ones, and parts of a last. */
typedef struct {
    int first;
    int whole;
    int last; /* 0 if there is none */
} tt_cover;

/* Of a span that begins where so many parts of a pixel are left, at least 1. */
TT_KERNEL tt_cover tt_cover_of(int span, int parts, int left)
{
    const int whole = span / parts;
    const int rest = span % parts;
    const tt_cover cover = {left, rest < left ? whole - 1 : whole, rest < left ? rest - left + parts : rest - left};
    return cover;
}

/* How many parts are left of the pixel at which the next span begins. */
TT_KERNEL int tt_cover_left(tt_cover cover, int parts)
{
    return parts - cover.last;
}

/* Sums of a pixel's channels. */
typedef struct {
    int32_t channel[3];
} tt_area;

TT_KERNEL void tt_area_add(tt_area *area, int32_t weight, const int8_t *x, int channels)
{
    area->channel[0] += weight * x[0];
    if (channels == 3) {
        area->channel[1] += weight * x[1];
        area->channel[2] += weight * x[2];
    }
}

/* The sums of a row's pixels from x on. */
TT_KERNEL tt_area tt_area_of_row(const tt_resize_area_params *p, tt_cover columns, const int8_t *x)
{
    tt_area area = {{0, 0, 0}};
    for (int i = 0; i < columns.whole; i++) {
        x += p->channels;
        tt_area_add(&area, 1, x, p->channels);
    }
    if (p->column_parts != 1) {
        for (int c = 0; c < p->channels; c++) {
            area.channel[c] *= p->column_parts;
        }
        if (columns.last != 0) {
            tt_area_add(&area, columns.last, x + p->channels, p->channels);
        }
    }
    tt_area_add(&area, columns.first, x - columns.whole * p->channels, p->channels);
    return area;
}

/* A sum with 7 fractional bits or a few less, at least 0 and below 2^15. */
TT_KERNEL uint32_t tt_area_scaled(const tt_resize_area_params *p, int32_t sum)
{
    const uint32_t bytes = (uint32_t)(sum + 128 * p->weights);
    return p->shift >= 0 ? bytes << p->shift : (bytes + (UINT32_C(1) << -p->shift >> 1)) >> -p->shift;
}

/* The mean of a scaled sum. */
TT_KERNEL int8_t tt_area_mean(const tt_resize_area_params *p, uint32_t scaled)
{
    const uint32_t mean = (scaled * (uint32_t)p->multiplier + (UINT32_C(1) << 23)) >> 24;
    return (int8_t)((int)mean - 128);
}

/* The brightness of a colour, by ITU-R BT.601 with weights that sum to 2^16. */
TT_KERNEL uint32_t tt_luma(uint32_t red, uint32_t green, uint32_t blue)
{
    return (UINT32_C(19595) * red + UINT32_C(38470) * green + UINT32_C(7471) * blue + UINT32_C(0x8000)) >> 16;
}

/* One row of the output: rows that it covers, of which the first begins at `row` of the input. */
TT_KERNEL void tt_resize_area_row(const tt_resize_area_params *p, const int8_t *input, int row, tt_cover rows,
                                  int8_t *out)
{
    const int input_row = p->input_width * p->channels;
    const int covered = 1 + rows.whole + (rows.last != 0);
    int column = p->left * p->channels;
    int left = p->column_parts;

    for (int x = 0; x < p->output_width; x++) {
        const tt_cover columns = tt_cover_of(p->column_span, p->column_parts, left);
        tt_area area = {{0, 0, 0}};
        int at = row;
        for (int k = 0; k < covered; k++) {
            const tt_area sums = tt_area_of_row(p, columns, input + at + column);
            const int32_t weight = p->row_parts == 1 ? 1 : k == 0 ? rows.first : k <= rows.whole ? p->row_parts : rows.last;
            for (int c = 0; c < p->channels; c++) {
                area.channel[c] += weight * sums.channel[c];
            }
            at = tt_row_below(at, 1, input_row, p->input_height, p->input_ring_rows);
        }
        column += (1 + columns.whole) * p->channels;
        left = tt_cover_left(columns, p->column_parts);

        if (p->grey) {
            *out++ = tt_area_mean(p, tt_luma(tt_area_scaled(p, area.channel[0]), tt_area_scaled(p, area.channel[1]),
                                             tt_area_scaled(p, area.channel[2])));
        } else {
            for (int c = 0; c < p->channels; c++) {
                *out++ = tt_area_mean(p, tt_area_scaled(p, area.channel[c]));
            }
        }
    }
}

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_resize_area_s8(const tt_resize_area_params *p, const int8_t *input, int8_t *output, int row_begin,
                                 int row_end)
{
    const int input_row = p->input_width * p->channels;
    const int output_row = p->output_width * (p->grey ? 1 : p->channels);

    for (int y = row_begin; y < row_end; y++) {
        const int32_t part = (int32_t)y * p->row_span;
        const int first = p->top + (int)(part / p->row_parts);
        const int left = p->row_parts - (int)(part % p->row_parts);
        const int row = tt_row(first, input_row, p->input_height, p->input_ring_rows);
        int8_t *out = output + tt_row(y, output_row, p->output_height, p->output_ring_rows);
        if (p->weights == 1 && !p->grey) {
            memcpy(out, input + row + p->left * p->channels, (size_t)output_row);
        } else {
            tt_resize_area_row(p, input, row, tt_cover_of(p->row_span, p->row_parts, left), out);
        }
    }
}

#endif
