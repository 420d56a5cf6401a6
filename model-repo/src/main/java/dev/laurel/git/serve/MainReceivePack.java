package dev.laurel.git.serve;

import dev.laurel.git.BareRepository;
import dev.laurel.git.disk.Folders;
import dev.laurel.git.disk.Refs;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.internal.JGitText;
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
        for (ReceiveCommand command : getAllCommands()) {
            if (command.getRefName().equals(Refs.MAIN)) {
                if (command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED) {
                    move(command);
                } else if (JGitText.get().invalidOldIdSent.equals(command.getMessage())) {
                    overtaken(command);
                }
            }
        }
        super.executeCommands();
    }

    private void move(ReceiveCommand command) {
        try {
            Folders.sync(packs);
            if (bare.moveMain(command.getOldId(), command.getNewId())) {
                command.setResult(ReceiveCommand.Result.OK);
            } else {
                overtaken(command);
            }
        } catch (IOException e) {
            command.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON, "main could not be written: " + Reason.of(e));
        }
    }

    private static void overtaken(ReceiveCommand command) {
        command.setResult(
                ReceiveCommand.Result.REJECTED_OTHER_REASON,
                "main moved during this push; fetch first, then put your commits on top (git pull --rebase)");
    }
}
