"""Folding in several threads: the indexer and the search fold at the same time."""

import subprocess
import sys

from tests.program import ROOT

CODE = """
import sys, threading
sys.setswitchinterval(1e-6)
from tui.fold import fold, fold_variants
failed = []

def grow(start):
    for code in range(start, 0x9000, 2):
        fold(chr(code))

def ask():
    try:
        fold_variants("反")
    except RuntimeError as error:
        failed.append(error)

threads = [threading.Thread(target=grow, args=(0x4E00 + n,)) for n in (0, 1)]
threads += [threading.Thread(target=ask) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(repr(failed) if failed else 0)
"""


def test_variants_are_found_while_another_thread_folds_new_characters() -> None:
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
