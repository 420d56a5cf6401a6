package dev.laurel.predict;

/** A request as its protocol read it, and found that the model can answer it. */
public interface Asked {
    Inputs inputs();

    Threshold threshold();
}
