"""Rows of ours."""

from __future__ import annotations

from peewee import Model

from desktopapp.storage.fields import Key
from desktopapp.storage.unit import DB


class Table(Model):
    """Every table of the file."""

    id = Key()

    class Meta:
        database = DB
        legacy_table_names = False
        only_save_dirty = True


class Record(Table):
    """A row of the owner's data: every write of it leaves a trail."""
