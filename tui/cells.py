"""How wide text is on a terminal, in cells: the one ruler, the same one Textual draws with."""

from rich.cells import cell_len

__all__ = ["cell_len"]
