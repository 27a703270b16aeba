"""Letters: written with the deed that causes them, sent by a worker after it (law 9)."""
