#include "harness.h"

/* The operator that is being reported, in parts perhaps. */
static uint16_t current_op;
static uint32_t crc;
static uint8_t open;

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

static void end_operator(void)
{
    if (open) {
        harness_put(' ');
        put_number(current_op);
        harness_put(':');
        put_number(~crc);
        open = 0;
    }
}

void harness_put_text(const char *text)
{
    while (*text != '\0') {
        harness_put(*text++);
    }
}

void harness_trace(uint16_t op, const int8_t *output, uint32_t bytes)
{
    if (!open || op != current_op) {
        end_operator();
        current_op = op;
        crc = 0xFFFFFFFFu;
        open = 1;
    }
    for (uint32_t i = 0; i < bytes; i++) {
        crc ^= (uint8_t)output[i];
        for (uint8_t bit = 0; bit < 8u; bit++) {
            crc = (crc >> 1) ^ ((crc & 1u) != 0u ? 0xEDB88320u : 0u);
        }
    }
}

void harness_run(uint16_t number, uint16_t pattern, int8_t *input, uint32_t input_bytes, void (*invoke)(void))
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
    put_number(number);
    harness_put('/');
    put_number(pattern);
    invoke();
    end_operator();
    harness_put('\n');
}
