#include "harness.h"

#define MAX_OPERATORS 32

/* CRC-32 of each operator's output so far; it may come in parts, between those of others. */
static uint32_t crc[MAX_OPERATORS];
static uint8_t started[MAX_OPERATORS];

static void put_number(uint32_t value)
{
    char digits[10];
    uint8_t n = 0;
    do {
        digits[n++] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);
    while (n > 0u) {
        harness_put(digits[--n]);
    }
}

static void put_checksums(void)
{
    for (uint16_t op = 0; op < MAX_OPERATORS; op++) {
        if (started[op]) {
            harness_put(' ');
            put_number(op);
            harness_put(':');
            put_number(~crc[op]);
            started[op] = 0;
        }
    }
}

void harness_trace(uint16_t op, const int8_t *output, uint32_t bytes)
{
    uint32_t sum = started[op] ? crc[op] : 0xFFFFFFFFu;
    for (uint32_t i = 0; i < bytes; i++) {
        sum ^= (uint8_t)output[i];
        for (uint8_t bit = 0; bit < 8u; bit++) {
            sum = (sum >> 1) ^ ((sum & 1u) != 0u ? 0xEDB88320u : 0u);
        }
    }
    crc[op] = sum;
    started[op] = 1;
}

void harness_fill(uint16_t pattern, int8_t *input, uint32_t input_bytes)
{
    uint32_t state = pattern;
    for (uint32_t i = 0; i < input_bytes; i++) {
        if (pattern < 2u) {
            input[i] = pattern == 0u ? -128 : 127;
        } else {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            input[i] = (int8_t)(uint8_t)state;
        }
    }
}

void harness_run(uint16_t number, uint16_t pattern, int8_t *input, uint32_t input_bytes, void (*invoke)(void))
{
    harness_fill(pattern, input, input_bytes);
    put_number(number);
    harness_put('/');
    put_number(pattern);
    invoke();
    put_checksums();
    harness_put('\n');
}
