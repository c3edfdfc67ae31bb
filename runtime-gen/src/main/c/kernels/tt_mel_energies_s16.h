/*
 * MEL_ENERGIES: the logarithm of the power in each of some bands. See tt_spectrum.h.
 */
#ifndef TT_MEL_ENERGIES_S16_H
#define TT_MEL_ENERGIES_S16_H

#include "tt_spectrum.h"

/* Without multipliers and shifts. */
typedef tt_spectrum_params tt_mel_energies_s16_params;

/*
 * Output rows row_begin to row_end - 1. tables: sine, window, edges of bands, weights of bins. scratch: fft_length + 2
 * words, and three bytes.
 */
TT_KERNEL void tt_mel_energies_s16(const tt_mel_energies_s16_params *p, const int16_t *input, const int16_t *tables,
                                   int8_t *scratch, int16_t *output, int row_begin, int row_end)
{
    const int row = p->features * p->channels;
    const tt_spectrum_tables t = tt_tables_of(p, tables);
    tt_word *data = tt_words(scratch);

    for (int y = row_begin; y < row_end; y++) {
        int16_t *out = output + tt_row(y, row, p->frames, p->output_ring_rows);
        for (int c = 0; c < p->channels; c++) {
            tt_mel_logs(p, &t, tt_power_spectrum(p, input + c, y, &t, data), data);
            for (int band = 0; band < p->bands; band++) {
                out[band * p->channels + c] = tt_log_feature(data[band]);
            }
        }
    }
}

#endif
