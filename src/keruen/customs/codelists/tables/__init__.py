"""The rows of the program's own lists: each module takes nothing and gives codes, or lines with columns."""
