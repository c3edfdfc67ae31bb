/* Stand-in for a generated library: ten dot products over 64 inputs. */
#ifndef MODEL_H
#define MODEL_H

#include <stdint.h>

#define MODEL_INPUT_BYTES 64
#define MODEL_OUTPUT_BYTES 10
#define MODEL_ARENA_BYTES 80
#define MODEL_HASH "0123456789abcdef"
#define MODEL_OPERATORS 1

int8_t *model_input(void);
const int8_t *model_output(void);
void model_invoke(void);

#ifdef TT_CRC
uint32_t model_operator_crc(int op);
#endif

#endif
