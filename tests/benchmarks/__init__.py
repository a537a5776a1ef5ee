"""How fast the program is, each figure beside a reference taken in the same run."""
