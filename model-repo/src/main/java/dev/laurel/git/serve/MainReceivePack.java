package dev.laurel.git.serve;

import dev.laurel.git.BareRepository;
import dev.laurel.git.disk.Folders;
import dev.laurel.git.disk.Refs;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** A push whose update of {@code main} is written like any other of ours; those of other branches are JGit's. */
final class MainReceivePack extends ReceivePack {
    private final BareRepository bare;
    private final Path packs;

    MainReceivePack(Repository repository, BareRepository bare) {
        super(repository);
        this.connectivityChecker = new PushConnectivity();
        this.bare = bare;
        this.packs = repository.getCommonDirectory().toPath().resolve("objects/pack");
    }

    @Override
    protected void executeCommands() {
        for (ReceiveCommand command : filterCommands(ReceiveCommand.Result.NOT_ATTEMPTED)) {
            if (command.getRefName().equals(Refs.MAIN)) {
                move(command);
            }
        }
        super.executeCommands();
    }

    private void move(ReceiveCommand command) {
        try {
            Folders.sync(packs);
            command.setResult(
                    bare.moveMain(command.getOldId(), command.getNewId())
                            ? ReceiveCommand.Result.OK
                            : ReceiveCommand.Result.LOCK_FAILURE);
        } catch (IOException e) {
            command.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON, "main could not be written: " + Reason.of(e));
        }
    }
}
