"""What riwaya itself refuses. What the world does to us is a `records.Failure`, not an exception.

RiwayaError
  SettingsError       riwaya.toml or the environment says something that cannot be
  LibraryError        the folder is no library, exists already, or is newer than this program
    ArchiveError      a WARC file or a capture in it is damaged or missing
  NotFoundError       nothing in the library has this id
  ModelError          a file of the neural reader is missing or damaged
  KnowledgeError      a list of places or actors cannot be used
  OutletError         the file of an outlet cannot be used, or there is no such outlet
  CorrectionError     what is to stand instead cannot: its words are not in the text, its value is none of those that may be
"""


class RiwayaError(Exception):
    """Root of all errors that riwaya raises on purpose; its text is a sentence for a person."""


class SettingsError(RiwayaError):
    """A setting cannot be what it says."""


class LibraryError(RiwayaError):
    """The folder cannot be used as a library."""


class ArchiveError(LibraryError):
    """A capture cannot be read back as it was written."""


class NotFoundError(RiwayaError):
    """Nothing in the library has this id."""


class ModelError(RiwayaError):
    """A file of the neural reader is missing or damaged."""


class KnowledgeError(RiwayaError):
    """A list of places or actors cannot be used."""


class OutletError(RiwayaError):
    """The file of an outlet cannot be used."""


class CorrectionError(RiwayaError):
    """A correction cannot be made as it is given; `why` is a word for the reason, `given` what it is about."""

    def __init__(self, why: str, given: str, sentence: str) -> None:
        super().__init__(sentence)
        self.why, self.given = why, given
