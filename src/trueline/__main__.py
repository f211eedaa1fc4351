"""`python -m trueline`: the command line without the script that installers write."""

from trueline.cli import main

main()
