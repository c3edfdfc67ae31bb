package org.tinytune.data.reader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.recording.Readings;

/**
 * A recording in Edge Impulse's acquisition format, as JSON or CBOR: {@code payload} holds the sensors, the
 * milliseconds from one moment to the next, and the values of each moment. Signatures are not checked.
 *
 * <p>Source: Edge Impulse, Data acquisition format, docs.edgeimpulse.com.
 */
final class EdgeImpulseFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonFactory CBOR = new CBORFactory();

    /** The unit of sound whose values are int16 samples. */
    private static final String WAV = "wav";

    private final DataFile file;
    private final JsonParser in;
    private final Accumulator values = new Accumulator();
    private final List<String> channels = new ArrayList<>();
    private final List<String> units = new ArrayList<>();
    private double intervalMillis;
    private int moments;
    private int momentValues;

    private EdgeImpulseFile(DataFile file, JsonParser in) {
        this.file = file;
        this.in = in;
    }

    /** Whether a file that begins so is one of JSON: an object whose first keys are these. */
    static boolean beginsAsJson(String head) {
        return head.stripLeading().startsWith("{")
                && head.matches("(?s)\\s*\\{\\s*\"(protected|signature|payload)\"\\s*:.*")
                && head.contains("\"protected\"");
    }

    /** Whether a file that begins so is one of CBOR: a map, of known or unknown length, with this key. */
    static boolean beginsAsCbor(String head) {
        return !head.isEmpty()
                && (head.charAt(0) >> 5 == 5)
                && head.contains("iprotected")
                && (head.startsWith("iprotected", 1)
                        || head.startsWith("gpayload", 1)
                        || head.startsWith("isignature", 1));
    }

    /** Reads a file. */
    static DecodedFile read(DataFile file, FileKind kind) {
        JsonFactory factory = kind == FileKind.EDGE_IMPULSE_CBOR ? CBOR : JSON;
        try (InputStream bytes = file.open();
                JsonParser parser = factory.createParser(bytes)) {
            return DecodedFile.of(new EdgeImpulseFile(file, parser).read());
        } catch (JsonProcessingException e) {
            throw file.invalid(" is cut off or damaged: "
                    + e.getOriginalMessage().lines().findFirst().orElse("no JSON"));
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private Readings read() throws IOException {
        in.nextToken();
        boolean found = false;
        while (isField()) {
            if (in.currentName().equals("payload")) {
                readPayload();
                found = true;
            } else {
                skipValue();
            }
        }
        if (!found || channels.isEmpty() || moments == 0) {
            throw file.invalid(" holds no readings: its payload lacks "
                    + (!found || channels.isEmpty() ? "sensors" : "values") + " (export it again)");
        }
        if (!(intervalMillis > 0)) {
            throw file.invalid(" is no series: its interval_ms is " + intervalMillis + " (a series has one above 0)");
        }
        if (momentValues != channels.size()) {
            throw file.invalid(" has " + momentValues + " values in a moment, but " + channels.size() + " sensors: "
                    + String.join(", ", channels));
        }
        return readings(1000 / intervalMillis);
    }

    private Readings readings(double rateHz) {
        double whole = Math.rint(rateHz);
        double rate = Math.abs(rateHz - whole) < 1e-6 * whole ? whole : rateHz; // 104 Hz is 9.615384615384615 ms
        boolean audio = units.stream().allMatch(WAV::equals);
        if (!audio) {
            String unit = units.stream().distinct().count() == 1 ? units.get(0) : "";
            return Readings.ofValues(Readings.Kind.SERIES, channels, unit, rate, values.floats());
        }
        float[] samples = values.floats();
        short[] counts = new short[samples.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (short) samples[i];
            if (counts[i] != samples[i]) {
                throw file.invalid(": " + samples[i] + " is no sample of 16 bits, as its unit says (wav)");
            }
        }
        return Readings.ofCounts(Readings.Kind.AUDIO, channels, "", rate, counts, 1.0 / 32768);
    }

    private void readPayload() throws IOException {
        expect(in.nextToken(), JsonToken.START_OBJECT, "payload is no object");
        while (isField()) {
            switch (in.currentName()) {
                case "interval_ms" -> {
                    if (!in.nextToken().isNumeric()) {
                        throw file.invalid(": interval_ms is no number");
                    }
                    intervalMillis = in.getDoubleValue();
                }
                case "sensors" -> readSensors();
                case "values" -> readValues();
                default -> skipValue();
            }
        }
    }

    private void readSensors() throws IOException {
        expect(in.nextToken(), JsonToken.START_ARRAY, "sensors is no list");
        while (in.nextToken() == JsonToken.START_OBJECT) {
            String name = "channel" + (channels.size() + 1);
            String unit = "";
            while (isField()) {
                String field = in.currentName();
                if (field.equals("name") && in.nextToken() == JsonToken.VALUE_STRING) {
                    name = in.getText();
                } else if (field.equals("units") && in.nextToken() == JsonToken.VALUE_STRING) {
                    unit = in.getText();
                } else if (in.currentToken() == JsonToken.FIELD_NAME) {
                    skipValue();
                } else {
                    in.skipChildren();
                }
            }
            channels.add(name);
            units.add(unit.toLowerCase(Locale.ROOT).equals(WAV) ? WAV : unit);
        }
    }

    private void readValues() throws IOException {
        expect(in.nextToken(), JsonToken.START_ARRAY, "values is no list");
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            int before = values.size();
            if (token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    addValue();
                }
            } else {
                addValue();
            }
            int count = values.size() - before;
            if (moments > 0 && count != momentValues) {
                throw file.invalid(
                        ": moment " + moments + " has " + count + " values, those before have " + momentValues);
            }
            momentValues = count;
            moments++;
        }
    }

    private void addValue() throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw file.invalid(" ends in its values: it is cut off, export it again");
        }
        double value = token.isNumeric() ? in.getDoubleValue() : Double.NaN;
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
            throw file.invalid(": a value of moment " + moments + " is "
                    + (token.isNumeric() ? value : CsvTable.shown(String.valueOf(in.getText())))
                    + ", not a number (fill the gap, or remove the moment)");
        }
        if (values.size() >= WavFile.MAX_SAMPLES) {
            throw file.invalid(" holds more than " + WavFile.MAX_SAMPLES + " readings: split it");
        }
        values.add((float) value);
    }

    private boolean isField() throws IOException {
        return in.nextToken() == JsonToken.FIELD_NAME;
    }

    private void skipValue() throws IOException {
        in.nextToken();
        in.skipChildren();
    }

    private void expect(JsonToken found, JsonToken wanted, String otherwise) {
        if (found != wanted) {
            throw invalid(otherwise);
        }
    }

    private TinytuneException invalid(String what) {
        return file.invalid(": " + what + " (it is none of Edge Impulse's recordings)");
    }
}
