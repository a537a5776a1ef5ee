"""Sales data by hand: what is asked of each kind of record, new or there, and what can be done with a deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.sales import queries, service
from desktopapp.sales.models import (
    LOST,
    OPEN,
    STATUSES,
    VOID,
    WON,
    Account,
    Activity,
    Collection,
    Contact,
    Deal,
    Lead,
    Order,
    Product,
)
from desktopapp.sales.queries import written
from desktopapp.sales.queries.written import WRITTEN, Record
from desktopapp.sales.service.content import ACCOUNT, ACTIVITY, COLLECTION, CONTACT, DEAL, LEAD, ORDER, PRODUCT
from desktopapp.team import queries as team
from ui.kit import ask
from ui.kit.before import backed_up
from ui.kit.desk import Desk
from ui.kit.editors import DayLine, Line, MoneyLine, NoteBox, Picker, Suggesting, choice
from ui.kit.form import Loose, RecordForm
from ui.kit.live import Act, LiveForm
from ui.kit.page import Page

NUMBER = Loose("external", N_("Order or contract number"), default="")

FIELDS: Mapping[str, tuple[Any, ...]] = {
    ACCOUNT: (
        Account.name, Account.level, Account.person, Account.phone, Account.email, Account.industry, Account.kind,
        Account.province, Account.city, Account.address, Account.source,
    ),
    CONTACT: (
        Contact.name, Contact.customer, Contact.title, Contact.department, Contact.mobile, Contact.phone, Contact.email,
        Contact.birthday, Contact.is_primary, Contact.person,
    ),
    LEAD: (
        Lead.name, Lead.customer, Lead.title, Lead.mobile, Lead.phone, Lead.email, Lead.source, Lead.status,
        Lead.person,
    ),
    DEAL: (
        Deal.name, Deal.customer, Deal.person, Deal.amount, Deal.stage, Deal.close_date, Deal.probability, Deal.product,
        Deal.next_step, Deal.source, Deal.category, Deal.lost_reason, Deal.currency,
    ),
    ORDER: (
        Order.name, Order.customer, Order.deal, Order.person, Order.amount, Order.day, Order.due, Order.paid,
        Order.status, Order.currency,
    ),
    COLLECTION: (
        Collection.customer, Collection.deal, Collection.person, Collection.amount, Collection.day, Collection.planned,
        Collection.due, Collection.currency,
    ),
    ACTIVITY: (
        Activity.kind, Activity.day, Activity.customer, Activity.deal, Activity.subject, Activity.body, Activity.person,
    ),
    PRODUCT: (Product.name, Product.category, Product.unit, Product.price, Product.currency, Product.is_sold),
}  # fmt: skip
"""What is asked of each kind, in the order one thinks of it."""
NEW: Mapping[str, str] = {
    ACCOUNT: N_("New customer"),
    CONTACT: N_("New contact"),
    LEAD: N_("New lead"),
    DEAL: N_("New deal"),
    ORDER: N_("New order"),
    COLLECTION: N_("New payment"),
    ACTIVITY: N_("Note a contact"),
    PRODUCT: N_("New product"),
}
LATER = frozenset(("lost_reason",))
"""What a new record is not asked for."""


class Writer:
    """Opens the side panel of a page for records of every kind."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self.desk, self.page = desk, page
        self.shown: tuple[str, int] | None = None

    def add(self, entity: str, **values: Any) -> RecordForm:
        """Ask for a new record; `values` are filled in."""
        asked = tuple(each for each in FIELDS[entity] if each.name not in LATER)
        asked = (NUMBER, *asked) if entity == ORDER else asked
        usual = self._usual(entity)
        form = RecordForm(
            self.desk.language, NEW[entity], asked, partial(self._add, entity), day=self.desk.day,
            values=usual | values, editors=self._editors(entity, usual | values, asked),
        )  # fmt: skip
        self._fill_deals(form)
        self.shown = None
        return self.page.ask(form)

    def _usual(self, entity: str) -> dict[str, Any]:
        """What a new record says to begin with."""
        if entity == ACTIVITY:
            return {"day": self.desk.day, "kind": "visit"}
        return {"stage": next(iter(self._stages("")), "")} if entity == DEAL else {}

    def _add(self, entity: str, **values: Any) -> int:
        number = service.add(entity=entity, today=self.desk.day, language=self.desk.language, **values)
        self.desk.toast(M("{kind} written", kind=Message(WRITTEN[entity].wording.kind)), undo=True)
        return number

    def open(self, entity: str, number: int, *, focus: bool = True) -> None:
        """Show a record in the panel, every field kept as it is left."""
        found = written.record(entity, number)
        if found is None:
            return
        asked = tuple(each for each in FIELDS[entity] if each.name not in LATER or found["status"] == LOST)
        form = LiveForm(
            self.desk, self._title(entity, found), asked, partial(self._change, entity, number), values=found.values,
            editors=self._editors(entity, found.values, asked), acts=self._acts(entity, found),
            past=partial(self._show_past, entity, number), delete=partial(self.delete, entity, [number]),
        )  # fmt: skip
        form.takes_focus = focus
        form.let_go.clicked.connect(partial(self._release, entity, number))
        self._tell_typed(form, entity, found)
        self._fill_deals(form)
        self.page.ask(form)
        self.shown = entity, number

    def follow(self, entity: str, number: int) -> None:
        """Another record is chosen: where the panel shows one of its kind, show that one."""
        if self._is_open() and self.shown and self.shown[0] == entity and self.shown[1] != number:
            self.open(entity, number, focus=False)

    def refresh(self) -> None:
        """Show the record in the panel as it is now; close it where it is gone."""
        if not self._is_open() or self.shown is None:
            return
        form: Any = self.page.form
        found = written.record(*self.shown)
        if found is None:
            form.leave()
            return
        form.title.setText(self.desk.language.text(self._title(self.shown[0], found)))
        form.show_values(found.values)
        self._tell_typed(form, self.shown[0], found)

    def _is_open(self) -> bool:
        return isinstance(self.page.form, LiveForm)

    def _change(self, entity: str, number: int, **values: Any) -> None:
        service.change(entity=entity, number=number, today=self.desk.day, language=self.desk.language, **values)

    def _title(self, entity: str, found: Record) -> str | Message:
        name = found.values.get("name") or found.values.get("subject") or found.values.get("customer")
        return str(name or self.desk.language.text(WRITTEN[entity].wording.kind))

    def _tell_typed(self, form: LiveForm, entity: str, found: Record) -> None:
        """Say what no file overwrites, where a file might."""
        words, fields = self.desk.language.text, WRITTEN[entity]._meta.fields
        named = [fields[name].verbose_name for name in sorted(found.typed) if name in form.rows]
        seen = bool(named and found.file)
        said = M("Written by hand, and overwritten by no file: {fields}", fields=tuple(map(Message, named)))
        form.note.setText(words(said) if seen else "")
        form.let_go.setText(words(N_("Let files change it again")) if seen else "")
        form.note.setVisible(seen)
        form.let_go.setVisible(seen)

    def _release(self, entity: str, number: int) -> None:
        service.release(entity=entity, number=number)
        self.refresh()

    def _editors(self, entity: str, values: Mapping[str, Any], asked: Sequence[Any]) -> dict[str, Any]:
        language = self.desk.language
        made: dict[str, Any] = {}
        names = {each.name for each in asked}
        if NUMBER in asked:
            made["external"] = Line(language, Order.external.max_length)
        if "customer" in names and entity != LEAD:
            made["customer"] = Suggesting(language, written.customers_like)
        if "person" in names:
            is_new = "batch" not in values and "customer" in names
            nobody = N_("Whoever has the customer") if is_new else N_("Nobody on the team")
            made["person"] = choice([(None, language.text(nobody)), *team.names()])
        if "stage" in names:
            made["stage"] = choice([("", ""), *((each, each) for each in self._stages(values.get("stage") or ""))])
        if "deal" in names:
            made["deal"] = choice(self._deals(values.get("customer") or ""))
        if "product" in names and (there := queries.products()):
            made["product"] = Suggesting(language, lambda text: [each for each in there if text in each])
        return made

    def _stages(self, now: str) -> list[str]:
        """The stages a deal can go on in, and the one it is in."""
        going = [each.label for each in written.stage_rows(self.desk.language) if each.status == OPEN]
        return going if not now or now in going else [*going, now]

    def _deals(self, customer: str) -> list[tuple[int | None, str]]:
        return [(None, self.desk.language.text(N_("None in particular"))), *written.deals_of(customer)]

    def _fill_deals(self, form: RecordForm) -> None:
        """The deals to choose from are those of the customer named."""
        if "deal" not in form.editors:
            return
        customer, deal = form.editors["customer"], form.editors["deal"]
        customer.changed.connect(lambda: deal.offer(self._deals(customer.text().strip())))

    def _acts(self, entity: str, found: Record) -> tuple[Act, ...]:
        if entity == DEAL:
            return (
                (N_("Record a payment"), partial(self.collect, found.id), "wallet"),
                (N_("Close the deal…"), partial(self.close_deal, found.id), "trophy"),
            ) if found["status"] == OPEN else ((N_("Record a payment"), partial(self.collect, found.id), "wallet"),)
        if entity == ACCOUNT:
            name = found["name"]
            return (
                (N_("New deal"), partial(self.add, DEAL, customer=name, person=found["person"]), "plus"),
                (N_("Note a contact"), partial(self.add, ACTIVITY, customer=name, person=found["person"]), "phone"),
            )
        return ()

    def _show_past(self, entity: str, number: int) -> None:
        found = written.record(entity, number)
        if found is not None:
            self.page.show_history(WRITTEN[entity], number, str(self._title(entity, found)))

    def delete(self, entity: str, numbers: Sequence[int]) -> None:
        """Take records out; one undo brings them back. Where they are many, a backup is made before."""
        backed_up(self.desk, len(numbers), partial(self._delete, entity, numbers), why="delete")

    def _delete(self, entity: str, numbers: Sequence[int]) -> None:
        try:
            service.delete(entity=entity, numbers=list(numbers))
        except Refused as no:
            ask.tell(self.page, self.desk.language, no.message)
            return
        self.desk.toast(M("Deleted {count} {count:record|records}", count=len(numbers)), undo=True)

    # What is done with a deal

    def collect(self, deal: int) -> None:
        """Ask what came in for a deal: filled in is what is still to come, or the payment that is due next."""
        of = written.to_collect(deal)
        language, words = self.desk.language, self.desk.language.text
        amount, day = MoneyLine(language), DayLine(language, self.desk.day)
        asked: list[Any] = [Collection.amount, Collection.day]
        editors: dict[str, Any] = {"amount": amount, "day": day}
        rest = of.rest
        if of.agreed:
            rest = of.agreed[0].rest
            options = [(each.id, words(M("{sum}, due {day}", sum=each.rest, day=each.due))) for each in of.agreed]
            asked.append(Loose("agreed", N_("The payment agreed on"), null=True))
            editors["agreed"] = choice([*options, (None, words(N_("None of these")))])
            editors["agreed"].put(of.agreed[0].id)
        form = RecordForm(
            language, M("Payment for “{name}”", name=of.name), asked, partial(self._collect, deal), day=self.desk.day,
            values={"amount": rest, "day": self.desk.day}, editors=editors, act=N_("Record it"),
        )  # fmt: skip
        self.shown = None
        self.page.ask(form)

    def _collect(self, deal: int, **values: Any) -> None:
        service.collect(deal=deal, today=self.desk.day, **values)
        self.desk.toast(M("{sum} recorded", sum=values["amount"]), undo=True)

    def close_deal(self, deal: int) -> None:
        """Ask how a deal ended, when, and why it was lost."""
        found = written.record(DEAL, deal)
        if found is None:
            return
        language = self.desk.language
        how = choice([(key, language.text(words)) for key, words in STATUSES if key in (WON, LOST, VOID)])
        asked = (Loose("status", N_("How it ended")), Loose("day", N_("Day")),
                 Loose("reason", N_("Why it was lost"), default=""))  # fmt: skip
        reason = NoteBox(language, 200)
        form = RecordForm(
            language, M("Close “{name}”", name=found["name"]), asked, partial(self._close, deal), day=self.desk.day,
            values={"status": WON, "day": self.desk.day}, act=N_("Close the deal"),
            editors={"status": how, "day": DayLine(language, self.desk.day), "reason": reason},
        )  # fmt: skip
        how.changed.connect(partial(_show_reason, form, how))
        _show_reason(form, how)
        self.shown = None
        self.page.ask(form)

    def _close(self, deal: int, *, status: str, day: Any, reason: str | None) -> None:
        service.close_deal(deal=deal, status=status, day=day or self.desk.day, reason=reason or "", today=self.desk.day)
        self.desk.toast(M("The deal is closed"), undo=True)


def _show_reason(form: RecordForm, how: Picker) -> None:
    form.rows["reason"].setVisible(how.value() == LOST)
