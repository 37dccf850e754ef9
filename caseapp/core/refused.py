"""Why a file cannot be taken in, as it crosses from a child process to its parent: a code and facts, no sentence."""


class Refused(Exception):
    """The child found that the file cannot be used. The parent turns the code into a sentence."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
