"""Where people of the demo world meet."""

from typing import Final

KATRINS_VIDEO: Final = ("video_buyer", "https://meet.havelmark.example/vogtlaender")
MIRELAS_VIDEO: Final = ("video_buyer", "https://meet.havelmark.example/dragomirescu")
TOBIAS_VIDEO: Final = ("video_buyer", "https://meet.havelmark.example/ekwueme")
ELBE: Final = ("room_buyer", "Room Elbe, third floor; ask for the key at the desk")
MULDE: Final = ("room_buyer", "Room Mulde, fourth floor, beside the plants")
ORANGERY: Final = ("room_buyer", "The Orangery, across the yard; warm shoes help")
SIGNES_VIDEO: Final = ("video_buyer", "https://samtale.aldersund.example/falkenborg")
