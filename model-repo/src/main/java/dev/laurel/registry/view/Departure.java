package dev.laurel.registry.view;

/**
 * How a version left the tree of the models repository. It stays in history.
 *
 * @param origin the commit that took it out
 * @param last the commit before it, which still has it
 */
public record Departure(Origin origin, String last) {}
