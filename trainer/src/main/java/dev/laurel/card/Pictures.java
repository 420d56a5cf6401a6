package dev.laurel.card;

import java.util.List;

/** The list of all pictures. */
final class Pictures {
    /** In the order of the card. */
    static final List<Picture> ALL = List.of(
            new RocPicture(),
            new ConfusionPicture(),
            new EstimatesPicture(),
            new ReliabilityPicture(),
            new ResidualsPicture(),
            new ImportancePicture());

    private Pictures() {}

    static List<Picture> of(Exhibit exhibit) {
        return ALL.stream().filter(picture -> picture.isOf(exhibit)).toList();
    }
}
