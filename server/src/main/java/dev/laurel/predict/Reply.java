package dev.laurel.predict;

/** A request with its answers, for its protocol to write. */
public record Reply<A extends Asked>(A request, Answered answered) {}
