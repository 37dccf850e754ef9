"""A finished packet, reopened with a second library (PDFium) and held against its published manifest.

Nothing here knows how the files were made: it reads pages as a clerk's program would, and says what does not agree.
An empty answer means, for every volume:

- `files`: it is the file that the manifest describes, under its name and no larger than the forum lets a file be.
- `parts`: cover, tab sheets and exhibits hold all that they should and nothing else; of a source's own page, its words
  and its ink are those that its clean copy has.
- `stamps`: every page carries its own number, upright, inside what can be seen and over nothing, and the reader's
  page box says the same.
- `quotations`: each stands word for word on the page that is cited, and in the index under each of its headings.
- `index`: every heading, every exhibit with its pages.
- `links`, `bookmarks`: each is where the manifest says, lands on the page and at the words it names, and no other is
  there.
- `objects`: nothing in the file acts, reaches out, hides a file or names anybody, and every stream can be read.

What is read is a file that nobody vouches for. A build therefore reads it in a child process (`reading_back`).
"""

from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.packet import verify_packet

__all__ = ["Failure", "verify_packet"]
