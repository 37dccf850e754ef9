"""What goes out of the library: passages, sources and the codebook of themes, in the formats that others read.

`gathering` turns rows of the database into the plain values of `model`; each format is a module of its own.
"""
