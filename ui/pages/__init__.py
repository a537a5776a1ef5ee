"""One page an area, and the pages that belong to none."""
