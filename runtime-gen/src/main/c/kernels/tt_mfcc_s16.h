/*
 * MFCC: the first coefficients of the DCT-II of logarithms of the power in bands. See tt_spectrum.h and CosineTransform.
 */
#ifndef TT_MFCC_S16_H
#define TT_MFCC_S16_H

#include "tt_spectrum.h"

typedef tt_spectrum_params tt_mfcc_s16_params;

/* A coefficient of logarithms in Q18; cosines: a row for each coefficient but the first, in flash. */
TT_KERNEL int16_t tt_mfcc_coefficient(const tt_mfcc_s16_params *p, const tt_word *logs, const int16_t *cosines, int k)
{
    int32_t sum = 0;
    if (k == 0) {
        for (int band = 0; band < p->bands; band++) {
            sum += logs[band] >> 1;
        }
        return tt_clamp_s16(tt_requantize(sum, p->first_multiplier, p->first_shift), INT16_MIN, INT16_MAX);
    }
    cosines += (k - 1) * p->bands;
    for (int band = 0; band < p->bands; band++) {
        sum = tt_half_product_add(sum, logs[band], tt_flash_s16(&cosines[band]));
    }
    return tt_clamp_s16(tt_requantize(sum, p->other_multiplier, p->other_shift), INT16_MIN, INT16_MAX);
}

/*
 * Output rows row_begin to row_end - 1. tables: sine, window, edges of bands, weights of bins, cosines. scratch:
 * fft_length + 2 words, and three bytes.
 */
TT_KERNEL void tt_mfcc_s16(const tt_mfcc_s16_params *p, const int16_t *input, const int16_t *tables, int8_t *scratch,
                           int16_t *output, int row_begin, int row_end)
{
    const int row = p->features * p->channels;
    const tt_spectrum_tables t = tt_tables_of(p, tables);
    const int weights = tt_flash_s16(&t.edges[p->bands + 1]) - tt_flash_s16(&t.edges[0]);
    tt_word *data = tt_words(scratch);

    for (int y = row_begin; y < row_end; y++) {
        int16_t *out = output + tt_row(y, row, p->frames, p->output_ring_rows);
        for (int c = 0; c < p->channels; c++) {
            tt_mel_logs(p, &t, tt_power_spectrum(p, input + c, y, &t, data), data);
            for (int band = 0; band < p->bands; band++) {
                data[band] *= 8;
            }
            for (int k = 0; k < p->features; k++) {
                out[k * p->channels + c] = tt_mfcc_coefficient(p, data, t.further + weights, k);
            }
        }
    }
}

#endif
