package dev.laurel.follow;

import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.registry.view.Revision;
import java.util.Collection;
import java.util.Optional;

/** The pins of an environment at one commit. */
record HeadLook(Revision revision, Environment environment) implements Pins.Look {
    @Override
    public String state() {
        return revision.commit();
    }

    @Override
    public Collection<ModelName> models() {
        return revision.models();
    }

    @Override
    public Optional<Pin> pin(ModelName model) {
        return revision.pin(environment, model);
    }

    @Override
    public Optional<String> objection(ModelName model) {
        return revision.objection(environment, model);
    }

    @Override
    public Optional<ChallengerPin> challenger(ModelName model) {
        return revision.challenger(environment, model);
    }

    @Override
    public Optional<String> challengerObjection(ModelName model) {
        return revision.challengerObjection(environment, model);
    }

    @Override
    public Optional<Revision> revisionRead() {
        return Optional.of(revision);
    }
}
