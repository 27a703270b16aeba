"""What operators do about letters: look at them, send a failed one again, release those a restored backup stopped."""

from vendorhub.outbox.register import LetterLine, counts, listing, oldest_due, release, retry, show

__all__ = ["LetterLine", "counts", "listing", "oldest_due", "release", "retry", "show"]
