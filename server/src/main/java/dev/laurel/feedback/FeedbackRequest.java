package dev.laurel.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonBody;
import dev.laurel.http.JsonCheck;
import dev.laurel.predict.UnansweredException;
import dev.laurel.store.Subject;
import dev.laurel.store.Truth;
import dev.laurel.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A body of {@code POST /models/<name>/feedback}: one thing that turned out to be true, or a list of them in {@code feedback}. Each names
 * {@code request_id}, with the place of its {@code row} where there were several, or {@code key}; and {@code actual}: a label of the model, or a
 * number.
 */
final class FeedbackRequest {
    private static final int LONGEST_ID = 128;
    /** The fourth powers of ten thousand larger ones have no sum. */
    private static final double LARGEST = 1e70;

    private final LoadedModel model;
    private final Instant now;
    private final int mostRows;

    private FeedbackRequest(LoadedModel model, Instant now, int mostRows) {
        this.model = model;
        this.now = now;
        this.mostRows = mostRows;
    }

    /** @throws UnansweredException naming what is wrong */
    static List<Truth> parse(byte[] body, LoadedModel model, Instant now, int mostRows) {
        FeedbackRequest request = new FeedbackRequest(model, now, mostRows);
        JsonNode document = JsonCheck.object("body", JsonBody.read(body), "an object with an actual, or with feedback");
        if (!document.has("feedback")) {
            return List.of(request.truth("", document));
        }
        JsonCheck.keys("body", document, Set.of("feedback"));
        JsonNode list = JsonCheck.list("feedback", document.get("feedback"));
        if (list.size() > mostRows) {
            throw UnansweredException.invalid("feedback", list.size(), "at most %s in one request".formatted(mostRows));
        }
        List<Truth> truths = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = "feedback[" + i + "]";
            truths.add(request.truth(at + ".", JsonCheck.object(at, list.get(i), "an object with an actual")));
        }
        return truths;
    }

    /** @param at with its dot; empty for the body */
    private Truth truth(String at, JsonNode said) {
        String place = at.isEmpty() ? "body" : at.substring(0, at.length() - 1);
        JsonCheck.keys(place, said, Set.of("request_id", "row", "key", "actual"));
        if (said.has("request_id") == said.has("key")) {
            throw UnansweredException.invalid(
                    place,
                    said.has("key") ? "request_id and key" : "neither request_id nor key",
                    model.isSeries() ? "one of the two" : "a request_id, as X-Request-Id of the answer has it");
        }
        Subject subject = said.has("key") ? key(at, said) : request(at, said);
        JsonNode actual = said.get("actual");
        if (actual == null) {
            throw UnansweredException.invalid(at + "actual", "missing", expected());
        }
        return task().isOfLabels() ? label(at, subject, actual) : value(at, subject, actual);
    }

    private Subject request(String at, JsonNode said) {
        String id = text(at + "request_id", said.get("request_id"), LONGEST_ID);
        int row = 0;
        if (said.has("row")) {
            JsonNode given = said.get("row");
            if (!given.isIntegralNumber()
                    || !given.canConvertToInt()
                    || given.intValue() < 0
                    || given.intValue() >= mostRows) {
                throw UnansweredException.invalid(
                        at + "row",
                        JsonCheck.shown(given),
                        "the place of an answer in its request: 0.." + (mostRows - 1));
            }
            row = given.intValue();
        }
        return Subject.request(model.pin().model(), id, row);
    }

    private Subject key(String at, JsonNode said) {
        String column = model.signature().key();
        if (column == null) {
            throw UnansweredException.invalid(
                    at + "key",
                    "there",
                    "a request_id: rows of %s have no keys"
                            .formatted(model.pin().model()));
        }
        if (model.definition().privateColumns().contains(column)) {
            throw UnansweredException.invalid(
                    at + "key", "there", "a request_id: %s is private and never kept".formatted(column));
        }
        if (said.has("row")) {
            throw UnansweredException.invalid(at + "row", "beside key", "none: a key names its row");
        }
        return Subject.key(model.pin().model(), text(at + "key", said.get("key"), Feedback.LONGEST_KEY));
    }

    private static String text(String at, JsonNode node, int longest) {
        String expected = "text of 1..%s characters".formatted(longest);
        String text = JsonCheck.text(at, node, expected);
        if (text.isBlank() || text.length() > longest || text.indexOf('\0') >= 0) {
            throw UnansweredException.invalid(at, "text of %s characters".formatted(text.length()), expected);
        }
        return text;
    }

    private Truth label(String at, Subject subject, JsonNode actual) {
        // As a row would write it.
        boolean plain = actual.isTextual() || actual.isIntegralNumber() || actual.isBoolean();
        if (!plain || !task().outputNames().contains(actual.asText())) {
            throw UnansweredException.invalid(
                    at + "actual", plain ? "another label" : JsonCheck.kind(actual), expected());
        }
        return new Truth(subject, actual.asText(), null, now);
    }

    private Truth value(String at, Subject subject, JsonNode actual) {
        double value = JsonCheck.number(at + "actual", actual, expected());
        if (Math.abs(value) > LARGEST) {
            throw UnansweredException.invalid(at + "actual", value, "a number, -1e70..1e70");
        }
        return new Truth(subject, String.valueOf(value), value, now);
    }

    private String expected() {
        return task().isOfLabels() ? task().described() : "a number";
    }

    private Task task() {
        return model.signature().task();
    }
}
