"""Takes two tables and the links between them, gives both figures of each cell and why they differ.

columns, cell, reasons     what the tables are read as; what a cell is; the reasons' codes
sql/, plan                 the statements, the same for every engine; a question → a job
duck, spark                a job done with DuckDB here, with Spark in its own Python
answer                     a question answered: tables in a folder, and their sum
opening                    a cell down to its consignments
"""

from keruen.mirror.statistics.answer import Engine, Summary, answer, summary, write_csv
from keruen.mirror.statistics.cell import DIMENSIONS, cell
from keruen.mirror.statistics.opening import Declared, Line, opened, where
from keruen.mirror.statistics.plan import Question
from keruen.mirror.statistics.reasons import REASONS

__all__ = [
    "DIMENSIONS",
    "REASONS",
    "Declared",
    "Engine",
    "Line",
    "Question",
    "Summary",
    "answer",
    "cell",
    "opened",
    "summary",
    "where",
    "write_csv",
]
