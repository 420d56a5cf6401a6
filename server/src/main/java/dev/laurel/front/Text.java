package dev.laurel.front;

/** Text of a client, as it may stand in an answer. */
final class Text {
    private static final int LONGEST = 80;

    private Text() {}

    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
    }
}
