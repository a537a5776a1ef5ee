"""Sales data out and in again: the same columns, the same values, nothing run as a formula."""

import csv
import json
from datetime import date

import pytest

from desktopapp.areas import TABLES as EVERY
from desktopapp.exchange.export import write_csv, write_xlsx
from desktopapp.kernel.language import language
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.sales import imports, service
from desktopapp.sales.imports.kinds import HELPERS
from desktopapp.sales.imports.outgoing import outgoing
from desktopapp.sales.models import Account, Activity, Collection, Contact, Deal, Lead, Order, Product
from desktopapp.storage import close_file, open_file, unit
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
ZH = language("zh_CN")
TABLES = (Account, Contact, Lead, Deal, Order, Collection, Activity, Product)
BESIDE = {"id", "batch", "typed", "person", "account", "deal", "order", "owner"}
"""Columns that say where a record came from or stand in other rows."""
FILE = """商机编号,商机名称,客户名称,负责人,销售阶段,金额,赢率,预计成交日期,自定义列,备用
D1,=1+1,华鼎机电,王芳,方案报价,120000.5,50%,2026-12-08,@甲,
D2,"货架,采购",远大集团,赵六,赢单,80000,,2026-10-20,,乙
"""


def write(entity, **values):
    return service.add(entity=entity, today=TODAY, language=ZH, **values)


def take(paths):
    found = imports.examine(imports.look(paths), today=TODAY)
    assert [question.words for each in found.findings for question in each.part.questions] == []
    return service.take_in(found.deliveries, owners={"赵六": None}, seen=found.owners, files=found.files, today=TODAY)


def filled(tmp_path):
    """Something of every kind, written and taken in."""
    team.add(name="王芳", today=TODAY)
    path = tmp_path / "商机.csv"
    path.write_text(FILE, encoding="utf-8")
    take([path])
    write("account", name="蓝海", level="A", phone="0755-8888", created=date(2026, 1, 5))
    write("contact", name="吴总", customer="蓝海", mobile="13900000001", birthday=date(1980, 5, 6), is_primary=True)
    write("lead", name="郑工", customer="新厂", mobile="13800000002", source="展会")
    deal = write("deal", name="采购", customer="蓝海", stage="商务谈判", amount=Money(1234567), category="commit",
                 probability=Share("0.6"), next_step="-送样", close_date=date(2026, 12, 1))  # fmt: skip
    order = write("order", external="HT-001", name="合同", customer="蓝海", deal=deal, amount=Money.yuan(500),
                  due=date(2026, 12, 30), day=date(2026, 11, 1))  # fmt: skip
    write("collection", customer="蓝海", deal=deal, order=order, amount=Money.yuan(300), day=date(2026, 11, 2))
    write("collection", customer="蓝海", planned=Money.yuan(700), due=date(2026, 12, 2))
    write("activity", kind="visit", customer="蓝海", deal=deal, day=TODAY, subject="拜访", body="第一行\n第二行")
    with unit("sales.test", M("x")):
        Deal.create(system="zoho", external="404427000000249265", name="Zoho 的", customer="远大集团", currency="USD",
                    amount=Money.yuan(9))  # fmt: skip
    write("product", name="货架", price=Money(9999), unit="套", is_sold=True)


def held():
    """Every record by what it says, whose it is, and what it refers to."""
    found = {}
    for table in TABLES:
        found[table.__name__] = sorted((_said(row) for row in table.select()), key=repr)
    return found


def _said(row):
    columns = {name: value for name, value in row.__data__.items() if name not in BESIDE}
    kept = json.loads(columns["extra"] or "{}")
    columns["extra"] = {name: cell for name, cell in kept.items() if cell and name not in HELPERS}
    if "person" in row.__data__:
        columns["whose"] = row.person.name if row.person else row.owner
    for name in ("account", "deal", "order"):
        if row.__data__.get(name):
            columns[name] = getattr(row, name).external
    return columns


@pytest.mark.parametrize("code", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_back_the_same(tmp_path, code, kind):
    words = language(code)
    open_file(tmp_path / "data", EVERY)
    filled(tmp_path)
    before, paths = held(), []
    for each in outgoing(words):
        paths.append(tmp_path / f"{each.entity} {each.system}.{kind}")
        writes = write_csv if kind == "csv" else write_xlsx
        assert writes(paths[-1], each.heading, each.rows()) == each.count
    close_file()
    open_file(tmp_path / "empty", EVERY)
    team.add(name="王芳", today=TODAY)
    counts = take(paths)
    after = held()
    again = take(paths)
    close_file()
    assert counts.rejected == 0
    for table, rows in before.items():
        for was, now in zip(rows, after[table], strict=True):
            assert now == was
    assert (again.new, again.changed) == (0, 0)


def test_nothing_that_leaves_runs_as_a_formula(tmp_path, file):
    filled(tmp_path)
    deals = next(each for each in outgoing(ZH) if each.entity == "deal")
    path = tmp_path / "deal.csv"
    write_csv(path, deals.heading, deals.rows())
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row]
    assert [cell for cell in cells if cell[:1] in "=+@" and cell] == []
    assert "'=1+1" in cells
    assert {"自定义列", "备用"} <= set(deals.heading)
