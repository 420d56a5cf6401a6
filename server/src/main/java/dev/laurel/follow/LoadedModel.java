package dev.laurel.follow;

import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.model.Pin;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.predictor.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A version that was verified and answers. Immutable and whole: whoever holds one holds the features, the predictor and the name of one
 * and the same version.
 *
 * @param since when it was loaded
 * @param loading how long it took to fetch, verify, decode and try
 */
public record LoadedModel(
        Pin pin,
        Definition definition,
        Signature signature,
        FittedFeatures features,
        Profile profile,
        Predictor predictor,
        Instant since,
        Duration loading) {

    static LoadedModel of(Pin pin, ModelFile file, Predictor predictor, Instant since, Duration loading) {
        return new LoadedModel(
                pin, file.definition(), file.signature(), file.features(), file.profile(), predictor, since, loading);
    }

    /** Whether its rows follow one another, so that there is a newest one to predict from. */
    public boolean isSeries() {
        return signature.key() != null;
    }

    /** Whether rows have to come with their keys: one that neither orders rows nor is read as a date may be left out. */
    public boolean needsKey() {
        return features.warmUp() > 0
                || definition.features().stream()
                        .anyMatch(feature -> feature.words().contains(String.valueOf(signature.key())));
    }

    /** All columns that its definition says something about, be it only that they are not read. */
    public Set<String> namedColumns() {
        Set<String> named = new TreeSet<>(definition.asked());
        if (signature.key() != null) {
            named.add(signature.key());
        }
        if (definition.ignored() != null) {
            definition.ignored().forEach(column -> named.add(column.column()));
        }
        return named;
    }

    /** Whether that is its number, as {@code v7} or {@code 7}. */
    public boolean isVersion(String text) {
        String version = pin.version().toString();
        return version.equals(text) || version.equals("v" + text);
    }

    /** What training saw of a column of numbers; empty where no feature is that column itself. */
    public Optional<Distribution> trainingRange(String column) {
        OptionalInt place = features.placeOf(column);
        return place.isPresent() ? Optional.of(profile.features().get(place.getAsInt())) : Optional.empty();
    }

    /** A vector that training saw the like of: the median of each feature. */
    public List<Double> typicalVector() {
        return profile.features().stream()
                .map(feature -> feature.deciles().get(5))
                .toList();
    }

    /** Whether that pin asks for the bytes that are loaded here. */
    boolean isWhat(Pin wanted) {
        return pin.namesSameVersionAs(wanted) && pin.digest().equals(wanted.digest()) && pin.size() == wanted.size();
    }

    /** The same version under another text of its pin. */
    LoadedModel under(Pin reworded) {
        return new LoadedModel(reworded, definition, signature, features, profile, predictor, since, loading);
    }
}
