package dev.laurel.model;

/** What kind of answer a model gives. */
public enum Task {
    CLASSIFICATION
}
