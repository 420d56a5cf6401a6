package dev.laurel.http;

/** How a protocol tells errors to its clients, below its own paths. Elsewhere they are problem details. */
public interface ErrorForm {
    boolean isFor(String path);

    String mediaType();

    /** To be written as JSON. */
    Object body(ProblemDetails problem);
}
