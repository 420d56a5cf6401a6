package dev.laurel.cli.predict;

import dev.laurel.source.Rejection;
import java.io.IOException;
import java.util.List;

/** Where lines go that became no prediction. */
interface Rejections {
    /** Those of a block, after its predictions; none too. */
    void add(List<Rejection> rejections) throws IOException;
}
