package dev.laurel.git.serve;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Commit;
import dev.laurel.git.disk.Refs;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** Lets a push move {@code main} only forward, and only past the check. Other branches are proposals and nobody's business. */
final class MainGuard implements PreReceiveHook {
    private final BareRepository repository;
    private final PushCheck check;

    MainGuard(BareRepository repository, PushCheck check) {
        this.repository = repository;
        this.check = check;
    }

    @Override
    public void onPreReceive(ReceivePack push, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            if (command.getRefName().equals(Refs.MAIN) && command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED) {
                List<String> problems = push.isAtomic() && commands.size() > 1
                        ? List.of("main is to be pushed by itself (leave out --atomic, or the other branches)")
                        : problems(command);
                if (!problems.isEmpty()) {
                    command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, problems.get(0));
                    problems.stream().skip(1).forEach(push::sendError);
                }
            }
        }
    }

    private List<String> problems(ReceiveCommand command) {
        return switch (command.getType()) {
            case DELETE -> List.of("main is not to be deleted");
            case UPDATE_NONFASTFORWARD ->
                List.of("main is not to be rewritten; fetch, then put your commits on top (git pull --rebase)");
            case CREATE -> List.of("main is not to be made anew");
            case UPDATE -> checked(command);
        };
    }

    private List<String> checked(ReceiveCommand command) {
        try {
            Commit before = repository.at(command.getOldId().name());
            Commit after = repository.at(command.getNewId().name());
            return after.standsOn(before)
                    ? check.problems(before, after)
                    : List.of(
                            "main as it stands is not a first parent of this merge, so its history would be another one"
                                    + " (rebase instead: git pull --rebase; or merge your branch into main, not main into it)");
        } catch (IOException e) {
            return List.of(Reason.of(e));
        }
    }
}
