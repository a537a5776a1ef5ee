"""Files in and out: raw tables, headings, values. Knows no area."""
