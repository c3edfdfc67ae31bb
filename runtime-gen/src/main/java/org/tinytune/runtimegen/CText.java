package org.tinytune.runtimegen;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Pieces of C text. What comes from a model file is never printed but through here. */
final class CText {
    private static final int LINE = 116;
    private static final int FLOAT_DIGITS = 9;

    private static final Set<String> RESERVED = Set.of(
            "auto",
            "break",
            "case",
            "char",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extern",
            "float",
            "for",
            "goto",
            "if",
            "inline",
            "int",
            "long",
            "register",
            "restrict",
            "return",
            "short",
            "signed",
            "sizeof",
            "static",
            "struct",
            "switch",
            "typedef",
            "union",
            "unsigned",
            "void",
            "volatile",
            "while",
            "main",
            "asm",
            "bool",
            "catch",
            "class",
            "delete",
            "explicit",
            "export",
            "false",
            "friend",
            "mutable",
            "namespace",
            "new",
            "operator",
            "private",
            "protected",
            "public",
            "template",
            "this",
            "throw",
            "true",
            "try",
            "typeid",
            "typename",
            "using",
            "virtual");

    /** Headers that a program includes: a model's would hide them, where case does not matter Arduino's as well. */
    private static final Set<String> HEADERS = Set.of(
            "arduino",
            "assert",
            "complex",
            "ctype",
            "errno",
            "fenv",
            "inttypes",
            "iso646",
            "limits",
            "locale",
            "math",
            "setjmp",
            "signal",
            "stdalign",
            "stdarg",
            "stdatomic",
            "stdbool",
            "stddef",
            "stdint",
            "stdio",
            "stdlib",
            "stdnoreturn",
            "string",
            "strings",
            "tgmath",
            "threads",
            "time",
            "uchar",
            "wchar",
            "wctype");

    private CText() {}

    /**
     * A name as a C and C++ identifier in lower case: what is no letter or digit becomes an underscore, and what would
     * start with a digit, be reserved or name a standard header is put behind {@code model_}.
     */
    static String identifier(String name) {
        String text =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        if (text.isEmpty()) {
            return "model";
        }
        boolean unusable = Character.isDigit(text.charAt(0))
                || RESERVED.contains(text)
                || HEADERS.contains(text)
                || text.startsWith("tt_");
        return unusable ? "model_" + text : text;
    }

    /** Text inside a comment: one line, which can neither end the comment nor begin another. */
    static String comment(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ")
                .replace("*/", "* /")
                .replace("/*", "/ *")
                .replace("??", "? ?")
                .strip();
    }

    /** A string literal of the text's UTF-8 bytes. */
    static String string(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= ' ' && b < 0x7F && b != '"' && b != '\\' && b != '?';
            literal.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\%03o", b & 0xFF));
        }
        return literal.append('"').toString();
    }

    /** The shortest decimal that is this float again. */
    static String decimal(float value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < FLOAT_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.floatValue() == value) {
                return decimal(rounded);
            }
        }
        return decimal(exact.round(new MathContext(FLOAT_DIGITS)));
    }

    private static String decimal(BigDecimal value) {
        String text = value.stripTrailingZeros().toString();
        return text.contains(".") || text.contains("E") ? text : text + ".0";
    }

    /** A float constant. */
    static String floatLiteral(float value) {
        return decimal(value) + "f";
    }

    /** An int32 constant. The least one has no literal of its own. */
    static String intLiteral(int value) {
        return value == Integer.MIN_VALUE ? "INT32_MIN" : Integer.toString(value);
    }

    /** As in <code>{1, 8, 8, 1}</code>. */
    static String initializer(Shape shape) {
        return IntStream.of(shape.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", ", "{", "}"));
    }

    /** As in <code>{0.5f, 1.0f}</code>. */
    static String initializer(List<Float> values) {
        return values.stream().map(CText::floatLiteral).collect(Collectors.joining(", ", "{", "}"));
    }

    /** The C type of an element. */
    static String type(ElementType type) {
        return switch (type) {
            case INT8 -> "int8_t";
            case INT16 -> "int16_t";
            case INT32 -> "int32_t";
            case INT64 -> "int64_t";
            case FLOAT32 -> "float";
        };
    }

    /** The elements of a constant, as indented lines. */
    static String elements(TensorData data) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < data.length(); i++) {
            values.add(element(data, i));
        }
        return wrapped("    ", values, ",");
    }

    private static String element(TensorData data, int i) {
        return switch (data.type()) {
            case INT8 -> Integer.toString(data.int8()[i]);
            case INT16 -> Integer.toString(data.int16()[i]);
            case INT32 -> intLiteral(data.int32()[i]);
            case INT64 -> throw new IllegalArgumentException("no kernel reads int64 constants");
            case FLOAT32 -> floatLiteral(data.float32()[i]);
        };
    }

    /** Items separated by commas, broken into lines with that indent; each line after the first as well. */
    static String wrapped(String indent, List<String> items, String lastSeparator) {
        StringBuilder text = new StringBuilder();
        int column = LINE;
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i) + (i + 1 < items.size() ? "," : lastSeparator);
            if (column + 1 + item.length() > LINE) {
                text.append(i == 0 ? "" : "\n").append(indent).append(item);
                column = indent.length() + item.length();
            } else {
                text.append(' ').append(item);
                column += 1 + item.length();
            }
        }
        return text.toString();
    }
}
