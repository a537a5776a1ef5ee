"""The owner's stages: what deals in them count as, how likely they are won, and in what order they come."""

from __future__ import annotations

from collections.abc import Sequence

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M
from desktopapp.kernel.share import Share
from desktopapp.sales import rules
from desktopapp.sales.models import Deal, Stage, StageChange
from desktopapp.storage import unit

APART = "~"
"""What a stage's name begins with while it changes."""


@frozen
class StageDraft:
    """A stage as it is to be; `id` is that of one that is there."""

    id: int | None
    label: str
    status: str
    probability: Share | None


def set_stages(*, stages: Sequence[StageDraft]) -> None:
    """The whole funnel as it is to be, in order. What is left out goes, where no deal is in it.

    Another name goes along with the deals that are in the stage and with the log; what a stage counts as,
    with its open deals or with those that came to an end in it.
    """
    wanted = [StageDraft(each.id, each.label.strip(), each.status, each.probability) for each in stages]
    rules.check_stages([(each.label, each.status, each.probability) for each in wanted])
    with unit("sales.set_stages", M("Change the sales stages")):
        there = {stage.id: stage for stage in Stage.select()}
        for gone in there.keys() - {each.id for each in wanted}:
            _drop(there[gone])
        renamed = [each for each in wanted if each.id in there and there[each.id].label != each.label]
        for each in renamed:  # by way of a name of its own, since two may change places
            _rename(there[each.id].label, f"{APART}{each.id}")
        for each in renamed:
            _rename(f"{APART}{each.id}", each.label)
        for position, each in enumerate(wanted, 1):
            _place(each, position)


def _place(each: StageDraft, position: int) -> None:
    values = {"label": each.label, "status": each.status, "probability": each.probability, "position": position}
    if each.id is None:
        Stage.create(**values)
        return
    Stage.update(**values).where(Stage.id == each.id).execute()
    Deal.update(status=each.status).where(Deal.stage == each.label, Deal.status != each.status).execute()


def _rename(before: str, after: str) -> None:
    """Call a stage by another name wherever it is named."""
    Stage.update(label=after).where(Stage.label == before).execute()
    Deal.update(stage=after).where(Deal.stage == before).execute()
    StageChange.update(before=after).where(StageChange.before == before).execute()
    StageChange.update(after=after).where(StageChange.after == before).execute()


def _drop(stage: Stage) -> None:
    if Deal.select().where(Deal.stage == stage.label).exists():
        raise Refused(M("There are deals in the stage “{label}”. Move them to another first.", label=stage.label))
    Stage.delete().where(Stage.id == stage.id).execute()
