package org.tinytune.cli.export;

import java.util.Optional;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.runtimegen.CTarget;

/** A project around the C library of a model. */
abstract class LibraryFormat implements ProjectFormat {
    @Override
    public boolean needsInt8() {
        return true;
    }

    @Override
    public Project make(ExportedModel model) {
        TargetPlan plan = model.board()
                .map(board -> TargetPlan.of(model.graph(), board).requireRoom(board))
                .orElseGet(() -> planForAnyBoard(model));
        LibraryProject project = new LibraryProject(model, plan, this);
        ProjectFiles files = new ProjectFiles();
        files.add("LICENSE", Template.bytes("LICENSE"));
        addTo(files, project);
        return new Project(
                files,
                Optional.of(plan.plan().arenaBytes()),
                Optional.of(plan.weightBytes()),
                Optional.of(project.constantBytes()));
    }

    /** The plan where no board is named. */
    TargetPlan planForAnyBoard(ExportedModel model) {
        return TargetPlan.of(model.graph(), CTarget.PORTABLE);
    }

    /** Adds everything but the licence. */
    abstract void addTo(ProjectFiles files, LibraryProject project);
}
