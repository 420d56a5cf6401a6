package dev.laurel.git.mirror;

import java.io.IOException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectReader;

/** A repository on disk whose readers have what is missing fetched. JGit itself knows no such repository. */
final class MirrorRepository extends FileRepository {
    private final LazyReader.Missing missing;

    MirrorRepository(BaseRepositoryBuilder<?, ?> options, LazyReader.Missing missing) throws IOException {
        super(options);
        this.missing = missing;
    }

    @Override
    public ObjectReader newObjectReader() {
        return new LazyReader(super.newObjectReader(), missing);
    }
}
