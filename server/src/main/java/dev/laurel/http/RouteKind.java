package dev.laurel.http;

import io.javalin.security.RouteRole;

/** What a route is for. */
public enum RouteKind implements RouteRole {
    /** Answers of models, for those who may ask; all others are for everybody to read. */
    PREDICTION
}
