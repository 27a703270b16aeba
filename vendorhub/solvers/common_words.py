"""Which words say nothing of what a text is about: the small words of the languages that people write to us in."""

from typing import Final

_ENGLISH: Final = """
about above after again against also although always among and another any anything are around away back because been
before behind being below between both but can cannot could did does doing done down during each either else enough
even ever every everything few first for from full further gave get gets give given gives goes going gone got had half
has have having her here hers him his how however into its itself just keep keeps kept know last least less lets like
live made make makes many may might more most much must need needs never new next nobody none nor not nothing now off
often one only onto other others our ours out over own per perhaps place rather said same say says see seen several
shall she should show shown shows since size some something still such take takes tell than that the their theirs them
then there these they thing things this those three through time today together too toward two under until upon use
used uses using very was way well went were what when where whether which while who whole whom whose why will with
within without would yet you your yours
"""
_GERMAN: Final = """
aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da dabei damit
danach dann daraus darf das dass dein dem den denen der deren des dessen die dies diese diesem diesen dieser dieses
doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen gibt habe haben hat hatte hier ihm
ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in ins ist ja jede jedem jeden jeder jedes kann kein keine keinen
können lassen lässt machen man mehr mein meine mit muss müssen nach nicht nichts noch nun nur ob oder ohne schon sehen
sehr sein seine seinem seinen seiner sich sie sind so soll sollen sollte sondern statt über um und uns unser unsere
unserem unseren unserer unter viel vom von vor wann war waren warum was weil welche welchem welchen welcher welches
wenn wer werden wie wieder wird wir wo wollen wurde wurden zu zum zur zwei zwischen
"""
_FRENCH: Final = """
alors après au aucun aussi autre autres aux avant avec avoir car ce cela ces cet cette ceux chaque chez comme comment
contre dans de depuis des deux donc dont du elle elles en encore entre est et été être eux faire fait faut il ils je
jusque la le les leur leurs lors mais mes moins mon ne ni nos notre nous on ont ou où par pas pendant peu peut plus
pour pourquoi quand que quel quelle quelles quels qui quoi sa sans se ses si son sont sous sur ta tes ton tous tout
toute toutes très trop tu un une vers voir vos votre vous
"""

COMMON_WORDS: Final = frozenset(f"{_ENGLISH}{_GERMAN}{_FRENCH}".split())
