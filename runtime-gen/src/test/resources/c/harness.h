/* Runs generated libraries on made-up inputs and prints a checksum of what every operator computes. */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdint.h>

/* Each machine's own. */
void harness_start(void);
void harness_put(char c);
void harness_end(void);

/* Fills an input: 0 all -128, 1 all 127, otherwise the bytes of a generator with that seed. */
void harness_fill(uint16_t pattern, int8_t *input, uint32_t input_bytes);

/* Runs one library on its inputs, and prints what it says of the outputs of its operators. */
void harness_run(uint16_t number, uint16_t pattern, void (*invoke)(void), uint32_t (*crc)(int op), int operators);

#endif
