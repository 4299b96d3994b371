"""What Python programs keep results with, measured by a Python process that stays up for a whole row.

Started by bench/python/python.ts as `python3 measure.py <folder> <large bytes>`. Reads one request a line, as JSON:
{"library": "diskcache" or "joblib", "work": a name in WORKS, "calls": n}. Does the work once, measures it by itself, and
answers with one line: {"ms": milliseconds for all calls}. Before the first request it says what takes part.
"""

import gc
import json
import os
import sys
from array import array
from time import perf_counter_ns

import diskcache
import joblib

try:
    import numpy
except ImportError:
    numpy = None

FOLDER = sys.argv[1]
LARGE_LENGTH = int(sys.argv[2]) // 8
ARGUMENTS = 100
HEIGHT = 2


def measure(width, height):
    return {"width": width, "height": height, "area": width * height}


def large(seed):
    return LARGE


def make_large():
    if numpy is not None:
        return numpy.arange(LARGE_LENGTH, dtype="float64") / 3
    return array("d", (index / 3 for index in range(LARGE_LENGTH)))


LARGE = make_large()


class Diskcache:
    def __init__(self, name):
        self.cache = diskcache.Cache(os.path.join(FOLDER, "diskcache", name))
        self.wrap = self.cache.memoize()

    def clear(self):
        self.cache.clear()


class Joblib:
    def __init__(self, name):
        self.memory = joblib.Memory(os.path.join(FOLDER, "joblib", name), verbose=0)
        self.wrap = self.memory.cache

    def clear(self):
        self.memory.clear(warn=False)


def hits(library):
    cached = library("hits").wrap(measure)
    for width in range(ARGUMENTS):
        cached(width, HEIGHT)

    def work(calls):
        started = perf_counter_ns()
        for call in range(calls):
            width = call % ARGUMENTS
            check(cached(width, HEIGHT), width)
        return perf_counter_ns() - started

    return work


def first_calls(library):
    cached = library("first").wrap(measure)
    made = 0

    def work(calls):
        nonlocal made
        started = perf_counter_ns()
        for _ in range(calls):
            made += 1
            check(cached(made, HEIGHT), made)
        return perf_counter_ns() - started

    return work


def large_hits(library):
    cached = library("large-hits").wrap(large)
    cached(0)

    def work(calls):
        started = perf_counter_ns()
        for _ in range(calls):
            check_large(cached(0))
        return perf_counter_ns() - started

    return work


def large_puts(library):
    place = library("large-puts")
    cached = place.wrap(large)
    made = 0

    def work(calls):
        nonlocal made
        started = perf_counter_ns()
        for _ in range(calls):
            made += 1
            check_large(cached(made))
        took = perf_counter_ns() - started
        place.clear()
        return took

    return work


def check(value, width):
    """Nobody is fast by giving another call's result."""
    if value["area"] != width * HEIGHT:
        raise ValueError(f"The area of {width} x {HEIGHT} is not {value['area']}.")


def check_large(value):
    if len(value) != LARGE_LENGTH or value[-1] != LARGE[-1]:
        raise ValueError("Another array.")


LIBRARIES = {"diskcache": Diskcache, "joblib": Joblib}
WORKS = {"hits": hits, "first-calls": first_calls, "large-hits": large_hits, "large-puts": large_puts}


def say(answer):
    print(json.dumps(answer), flush=True)


def main():
    prepared = {}
    say(
        {
            "python": sys.version.split()[0],
            "diskcache": diskcache.__version__,
            "joblib": joblib.__version__,
            "numpy": None if numpy is None else numpy.__version__,
        }
    )
    for line in sys.stdin:
        request = json.loads(line)
        which = (request["library"], request["work"])
        if which not in prepared:
            prepared[which] = WORKS[which[1]](LIBRARIES[which[0]])
        gc.collect()
        say({"ms": prepared[which](request["calls"]) / 1e6})


main()
