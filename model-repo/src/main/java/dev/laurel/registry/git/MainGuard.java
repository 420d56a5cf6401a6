package dev.laurel.registry.git;

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
            if (command.getRefName().equals(BareRepository.MAIN)
                    && command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED) {
                List<String> problems = problems(command);
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
            return check.problems(
                    repository.at(command.getOldId().name()),
                    repository.at(command.getNewId().name()));
        } catch (IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
