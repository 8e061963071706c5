"""``python -m incidentsim.cli``."""

from incidentsim.cli.main import main

if __name__ == "__main__":
    main()
