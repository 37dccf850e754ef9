"""Why a packet's pages cannot be made: each error's str() is a sentence for the lawyer who builds it."""


class PrintProblem(Exception):
    """The pages cannot be made as they must be, so none are made."""
