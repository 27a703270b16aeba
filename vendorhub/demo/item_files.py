"""What people of the demo world put beside their items, by the title of the item: a file's name and its words."""

from typing import Final

BESIDE: Final = {
    "From copy to running system: what we restore, in which order": (
        (
            "The order of systems, as last spring.csv",
            (
                "step;system;waits for;minutes\n1;directory and names;network between the halls;25\n"
                "2;claims database;directory and names;70\n3;letters;claims database;40\n"
            ),
        ),
        (
            "Run book, first page.md",
            (
                "# The first hour\n\n1. Whoever is called first writes down the time: the four hours run from there.\n"
                "2. The rented hall lets in those on the list, and nobody else.\n"
                "3. The second copy is mounted **read-only** until the claims database answers.\n\n"
                "What we don't do in the first hour: look for who was at fault.\n"
            ),
        ),
    ),
}
