package dev.laurel.registry.view;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.RegistryException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The registry as it stands at one commit. Immutable. */
public interface Revision {
    String commit();

    /** Who made this commit, when and why. */
    Origin origin();

    List<ModelName> models();

    boolean has(ModelName model);

    /** @throws RegistryException when there is no such model; InvalidDocumentException when its definition is broken */
    Definition definition(ModelName model);

    /** The definition's bytes as committed, whatever they hold. @throws RegistryException when there is no such model */
    byte[] definitionText(ModelName model);

    /** The digest of the definition's bytes as committed. */
    Digest definitionDigest(ModelName model);

    /** The definition with these bytes, if it stands or ever stood on the line of first parents that ends here. */
    Optional<Definition> definition(ModelName model, Digest digest);

    /** All versions in the tree, oldest first. */
    List<Version> versions(ModelName model);

    Optional<Version> newest(ModelName model);

    /** The newest versions in the tree, newest first. What it costs depends on the limit, not on how many versions there are. */
    List<Version> newest(ModelName model, int limit);

    /** Who registered a version, when and why. @throws RegistryException when there is no such version */
    Origin registration(ModelName model, Version version);

    /** How a version left the tree; empty when it stands in it, or never did. */
    Optional<Departure> departure(ModelName model, Version version);

    /** @throws RegistryException when there is no such version */
    VersionRecord record(ModelName model, Version version);

    /** Has reports and provenances at hand that are going to be read: in a few requests where the repository is on a Git host. */
    void expectReports(ModelName model, Collection<Version> versions);

    Report report(ModelName model, Version version);

    Provenance provenance(ModelName model, Version version);

    List<Environment> environments();

    Optional<Pin> pin(Environment environment, ModelName model);

    SortedMap<ModelName, Pin> pins(Environment environment);

    /** What is tried beside the champion. */
    Optional<ChallengerPin> challenger(Environment environment, ModelName model);

    /**
     * The hold on the pin of a challenger: its last change lowered or removed it, and not because that version became champion. It ends
     * when a person pins a challenger.
     */
    Optional<Hold> challengerHold(Environment environment, ModelName model);

    /** As {@link #objection(Environment, ModelName)}, for the pin of a challenger. */
    Optional<String> challengerObjection(Environment environment, ModelName model);

    /** As {@link #objection(Environment, Pin)}, for the pin of a challenger. */
    Optional<String> challengerObjection(Environment environment, ChallengerPin pin);

    /** The hold on a pin, after the rule of the design: looks at first-parent history and at {@code released.yaml}. */
    Optional<Hold> hold(Environment environment, ModelName model);

    /**
     * Why the pin, or that there is none, is not to be followed: whoever changed it last did not sign as one who may promote there. Empty
     * where all is well, or nobody has to sign.
     */
    Optional<String> objection(Environment environment, ModelName model);

    /**
     * The same of a pin that came by another way than from this revision, such as a mounted file, and may be an earlier one. Where people
     * have to sign it has to have stood on first-parent main.
     */
    Optional<String> objection(Environment environment, Pin pin);

    /** Whether a pin ever stood there, in first-parent history. Automation bootstraps only where none did. */
    boolean everPinned(Environment environment, ModelName model);

    /** The newest changes of a pin, newest first. */
    List<PinChange> changes(Environment environment, ModelName model, int limit);

    /**
     * The newest of all that happened to a model, newest first: its registrations, and the moves, holds and releases of its pins.
     *
     * @param only the environment whose pin to look at, and nothing but the pin; null for everything
     */
    List<Event> events(ModelName model, @Nullable Environment only, int limit);
}
