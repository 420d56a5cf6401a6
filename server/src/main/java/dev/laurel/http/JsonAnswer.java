package dev.laurel.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Answers that are written as they are made up, name by name, without a document in between. */
public final class JsonAnswer {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonAnswer() {}

    /** Writes the names and values of one object. */
    public interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    public static void put(Context ctx, Writing writing) {
        put(ctx, ContentType.JSON, bytes(writing));
    }

    /** Straight to whoever sends it: a result is copied once more, through a buffer that is larger than most answers. */
    public static void put(Context ctx, String mediaType, byte[] answer) {
        ctx.contentType(mediaType);
        try {
            ctx.outputStream().write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone", e);
        }
    }

    /** The object. */
    public static byte[] bytes(Writing writing) {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            writing.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an answer can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** Of what is odd; nothing where nothing is. */
    public static void warnings(JsonGenerator json, List<String> warnings) throws IOException {
        if (!warnings.isEmpty()) {
            json.writeFieldName("warnings");
            texts(json, warnings);
        }
    }

    public static void texts(JsonGenerator json, List<String> texts) throws IOException {
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
