package dev.laurel.program;

import dev.laurel.model.Expect;
import java.util.Map;

/** How a program that runs for long writes its log: for people, or a JSON object a line, for programs that gather logs. */
public enum LogFormat {
    TEXT,
    JSON;

    /** The variable of the environment; the configurations of the log read it as well. */
    public static final String VARIABLE = "LAUREL_LOG_FORMAT";

    /** Text, unless the environment says otherwise. */
    public static LogFormat of(Map<String, String> environment) {
        String word = environment.getOrDefault(VARIABLE, "text");
        Expect.that(word.equals("text") || word.equals("json"), VARIABLE, word, "text or json");
        return word.equals("json") ? JSON : TEXT;
    }
}
