"""`python -m keruen` is `keruen`."""

from keruen.cli.main import main

main(prog_name="keruen")
