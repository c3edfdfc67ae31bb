/*
 * SPECTROGRAM: the logarithm of the power of each bin from 0 to half the sample rate. See tt_spectrum.h.
 */
#ifndef TT_SPECTROGRAM_S16_H
#define TT_SPECTROGRAM_S16_H

#include "tt_spectrum.h"

/* Without bands, and what follows. */
typedef tt_spectrum_params tt_spectrogram_s16_params;

/* Output rows row_begin to row_end - 1. tables: sine and window. scratch: fft_length + 2 words, and three bytes. */
TT_KERNEL void tt_spectrogram_s16(const tt_spectrogram_s16_params *p, const int16_t *input, const int16_t *tables,
                                  int8_t *scratch, int16_t *output, int row_begin, int row_end)
{
    const int row = p->features * p->channels;
    const tt_spectrum_tables t = tt_tables_of(p, tables);
    tt_word *data = tt_words(scratch);

    for (int y = row_begin; y < row_end; y++) {
        int16_t *out = output + tt_row(y, row, p->frames, p->output_ring_rows);
        for (int c = 0; c < p->channels; c++) {
            const int up = tt_power_spectrum(p, input + c, y, &t, data);
            for (int k = 0; k < p->features; k++) {
                const int exponent = (int)data[2 * k + 1] - 2 * up;
                out[k * p->channels + c] = tt_log_feature(
                    tt_log_at_least(p->floor, (uint32_t)data[2 * k], exponent, p->reference));
            }
        }
    }
}

#endif
