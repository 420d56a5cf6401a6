package dev.laurel.registry.git;

import dev.laurel.program.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** A push whose update of {@code main} is written like any other of ours; those of other branches are JGit's. */
final class MainReceivePack extends ReceivePack {
    private final MainRef main;
    private final Path packs;

    MainReceivePack(Repository repository) {
        super(repository);
        this.connectivityChecker = new PushConnectivity();
        this.main = new MainRef(repository);
        this.packs = repository.getCommonDirectory().toPath().resolve("objects/pack");
    }

    @Override
    protected void executeCommands() {
        for (ReceiveCommand command : filterCommands(ReceiveCommand.Result.NOT_ATTEMPTED)) {
            if (command.getRefName().equals(BareRepository.MAIN)) {
                move(command);
            }
        }
        super.executeCommands();
    }

    private void move(ReceiveCommand command) {
        try {
            Fsync.folder(packs);
            command.setResult(
                    main.move(command.getOldId(), command.getNewId())
                            ? ReceiveCommand.Result.OK
                            : ReceiveCommand.Result.LOCK_FAILURE);
        } catch (IOException e) {
            command.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON, "main could not be written: " + Reason.of(e));
        }
    }
}
