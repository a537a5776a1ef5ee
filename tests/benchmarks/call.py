"""A function of a module, called and timed: `python -m tests.benchmarks.call MODULE FUNCTION`."""

import importlib
import json
import sys
import time


def main() -> None:
    module, function = sys.argv[1:]
    called = getattr(importlib.import_module(module), function)
    wall, cpu = time.perf_counter(), time.process_time()
    figures = called()
    taken = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({**taken, **(figures or {})}), flush=True)


if __name__ == "__main__":
    main()
