"""Every area there is, in the order of the tabs. The one list of them."""

from desktopapp import goals, reviews, sales, team

AREAS = (team.AREA, goals.AREA, reviews.AREA, sales.AREA)
TABLES = tuple(table for area in AREAS for table in area.tables)
