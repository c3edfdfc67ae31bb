package org.tinytune.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.StringWriter;

/**
 * Reports as JSON: the same bytes for the same report, on every machine.
 *
 * <p>Records keep the order of their components, maps are sorted by key, lines end in a line feed, numbers are alike by
 * every JDK and locale, and what is no number (NaN, infinity) or absent is {@code null}.
 */
public final class Json {
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter WRITER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

    private Json() {}

    /**
     * The report as indented JSON, ending in a line feed.
     *
     * @param report a record, map, list or number
     * @throws IllegalArgumentException if Jackson cannot write it
     */
    public static String text(Object report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new FiniteNumbers(WRITER.createGenerator(text))) {
            WRITER.writeValue(generator, report);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a report: " + report.getClass(), e);
        }
        return text.append('\n').toString();
    }

    /** Writes {@code null} for numbers that JSON has no notation for. */
    private static final class FiniteNumbers extends JsonGeneratorDelegate {
        FiniteNumbers(JsonGenerator generator) {
            super(generator);
        }

        @Override
        public void writeNumber(double value) throws IOException {
            if (Double.isFinite(value)) {
                super.writeNumber(value);
            } else {
                writeNull();
            }
        }

        @Override
        public void writeNumber(float value) throws IOException {
            if (Float.isFinite(value)) {
                super.writeNumber(value);
            } else {
                writeNull();
            }
        }

        @Override
        public void writeArray(double[] array, int offset, int length) throws IOException {
            writeStartArray(array, length);
            for (int i = offset; i < offset + length; i++) {
                writeNumber(array[i]);
            }
            writeEndArray();
        }
    }
}
