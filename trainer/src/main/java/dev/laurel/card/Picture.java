package dev.laurel.card;

/**
 * One picture of the answers on the evaluation rows, and the same in numbers. A new one is a class beside this one, and its line in the list
 * of {@link Pictures}.
 */
interface Picture {
    /** The square that it is drawn in; {@link EvaluationPlot} moves all of it to where it comes to stand. */
    int LEFT = 480;

    int TOP = 64;
    int SIZE = 240;
    /** With all that stands around the square. */
    int HEIGHT = TOP + SIZE + 72;

    /** In few words, for those who do not see it. */
    String name();

    /** Whether there is something of it to show. */
    boolean isOf(Exhibit exhibit);

    void draw(Svg svg, Exhibit exhibit);

    /** A section of Markdown with its numbers; empty where the table of metrics has them. */
    default String numbers(Exhibit exhibit) {
        return "";
    }

    /** The title, and the square that the picture is drawn in. */
    static void frame(Svg svg, String title) {
        svg.text(LEFT, 36, "title", "%s", title);
        svg.element("<rect class=\"frame\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>", LEFT, TOP, SIZE, SIZE);
    }

    /** What the two ways out of the square mean. */
    static void axes(Svg svg, String across, String up) {
        svg.text(LEFT + SIZE / 2, TOP + SIZE + 18, "quiet middle", "%s", across);
        svg.element(
                "<text class=\"quiet middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>",
                LEFT - 12, TOP + SIZE / 2, Svg.escaped(up));
    }

    /** Both ways go from 0 to 1, and what is perfect or what is chance lies on the line between. */
    static void shares(Svg svg, String across, String up) {
        int right = LEFT + SIZE;
        int bottom = TOP + SIZE;
        svg.element("<line class=\"chance\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", LEFT, bottom, right, TOP);
        svg.text(LEFT - 8, TOP + 10, "quiet end", "1");
        svg.text(LEFT - 8, bottom, "quiet end", "0");
        svg.text(right, bottom + 18, "quiet end", "1");
        axes(svg, across, up);
    }
}
