"""Keys that mean the same everywhere."""

from PySide6.QtCore import Qt

RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Both of them: Excel's users enter figures on the number pad."""
