"""What time alone causes, gathered for the clock's doors (the worker and `vendorhub sweep`): a list, no deed."""

from vendorhub.usecases import blocks, meeting_requests


def sweep() -> int:
    """Does all that is due by now, each in a transaction of its own, and answers how much that was."""
    return meeting_requests.lapse_due() + blocks.take_effect_due()
