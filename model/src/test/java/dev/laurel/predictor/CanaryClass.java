package dev.laurel.predictor;

/** Tells whether it was ever initialised; its full name is as long as that of Tribuo's tree model. */
@SuppressWarnings("unused") // named by a crafted model file only
final class CanaryClass {
    static final String SIGN = "laurel.canary";

    static {
        System.setProperty(SIGN, "initialised");
    }

    private CanaryClass() {}
}
