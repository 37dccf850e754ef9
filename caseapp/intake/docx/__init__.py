"""A Word document set anew on paper: what can be carried over is, what would be lost is asked about first."""
