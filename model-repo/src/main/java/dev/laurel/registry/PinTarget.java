package dev.laurel.registry;

import dev.laurel.git.TreeChanges;
import dev.laurel.model.Pin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the commit goes that moves a pin. */
interface PinTarget {
    /** @return empty when another writer came in between, so that everything has to be looked at again */
    Optional<String> commit(CommitRevision head, Pin pin, TreeChanges changes, CommitMessage message)
            throws IOException;

    /**
     * Brings the environment into being before its pin.
     *
     * @param problems that are there without it
     * @return what the pin is to stand on; empty when another writer came in between
     * @throws RegistryException where nothing is laid down here
     */
    Optional<CommitRevision> layDown(LayingDown laying, List<Problem> problems) throws IOException;

    /** The branch {@code main} itself. */
    record OnMain(MainBranch main, Author author) implements PinTarget {
        @Override
        public Optional<String> commit(CommitRevision head, Pin pin, TreeChanges changes, CommitMessage message)
                throws IOException {
            return main.commit(head, changes, message, author);
        }

        @Override
        public Optional<CommitRevision> layDown(LayingDown laying, List<Problem> problems) throws IOException {
            Optional<String> commit;
            try {
                commit = main.commit(laying.head(), laying.changes(), laying.message(), author);
            } catch (RegistryException e) {
                RegistryException.passOutage(e);
                throw new RegistryException(
                        "%s is to be laid down before its first pin: %s"
                                .formatted(laying.environment(), e.getMessage()),
                        e);
            }
            return commit.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new CommitRevision(main.repository().at(commit.get())));
        }
    }
}
