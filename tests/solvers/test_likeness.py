import subprocess
import sys
from itertools import combinations

from vendorhub.solvers.likeness import of_each_pair

RESTORE = (
    "Restore in four hours, shown on your own data. We restore one of your claims databases from immutable backups in "
    "front of you and measure how long it takes. You would see which steps need your storage team, what the retention "
    "of copies costs, and how ransomware in the primary copy is noticed before it reaches the vault."
)
SNAPSHOTS = (
    "Snapshots that ransomware cannot touch. Our arrays keep immutable snapshots for thirty days. We explain how "
    "recovery from a snapshot differs from a restore out of the backup, how long each takes for a database of ten "
    "terabytes, and where the two copies should live."
)
PRINTING = (
    "Print less. Half of the printers have gone with the two floors you gave up. We show usage per floor, propose "
    "eleven devices to take away, and follow-me printing by badge."
)
CLOUD = "Was die Cloud kostet: ungenutzte Maschinen, Speicher, den niemand liest, reservierte Instanzen."
RECOVERY = "Wiederanlauf nach Ransomware: Wir messen die Wiederherstellungszeit aus unveränderlichen Sicherungen."
BACKUPS = "Unveränderliche Datensicherung: wie schnell eine Wiederherstellung nach Ransomware gelingt."


def test_who_speaks_of_the_same_is_more_alike_than_who_does_not():
    found = of_each_pair([[RESTORE], [SNAPSHOTS], [PRINTING], [CLOUD], [RECOVERY], [BACKUPS]])
    assert sorted(found) == list(combinations(range(6), 2))
    likest = sorted(found, key=found.__getitem__, reverse=True)
    assert set(likest[:2]) == {(0, 1), (4, 5)}
    assert found[likest[1]] >= found[likest[2]] + 5


def test_two_companies_are_as_alike_as_their_two_most_alike_texts():
    alone = of_each_pair([[RESTORE], [SNAPSHOTS]])[0, 1]
    assert 10 < alone < 100
    assert of_each_pair([[PRINTING, RESTORE], [SNAPSHOTS, CLOUD]])[0, 1] == alone
    assert of_each_pair([[RESTORE, PRINTING], [CLOUD, PRINTING]])[0, 1] == 100


def test_the_order_of_companies_and_of_texts_makes_no_difference():
    ours, theirs = [RESTORE, PRINTING], [SNAPSHOTS, CLOUD]
    assert of_each_pair([ours, theirs]) == of_each_pair([theirs, ours]) == of_each_pair([ours[::-1], theirs[::-1]])


def test_who_has_said_nothing_is_like_nobody():
    assert of_each_pair([[], [RESTORE], ["", " \n"]]) == {(0, 1): 0, (0, 2): 0, (1, 2): 0}
    assert of_each_pair([["And what is it?"], ["What is it, and why?"]]) == {(0, 1): 0}
    assert of_each_pair([[RESTORE]]) == of_each_pair([]) == {}


def test_the_library_is_loaded_only_when_it_is_needed():
    code = "import sys, vendorhub.solvers.likeness as it; print('rapidfuzz' in sys.modules); it.of_each_pair([[], []])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert told.stdout == "False\n"
