"""Start a window, stop at its first painted frame, and say what that took: `… first_paint ours|filled|bare`.

Either way the process starts at nothing, and the frame counts once all of it has been flushed.
"""

import json
import os
import sys
import time

HEAVY = (
    "PIL", "borax", "nacl", "numpy", "pypdf", "pypdfium2", "pypinyin", "python_calamine", "reportlab", "xlrd",
    "xlsxwriter", "yaml",
)  # fmt: skip
"""What no first window needs."""


def told() -> None:
    """Print the figures and leave at once: taking everything apart again is no part of a start."""
    figures = {"cpu": time.process_time(), "modules": len(sys.modules)}
    print(json.dumps({**figures, "heavy": [name for name in HEAVY if name in sys.modules]}), flush=True)
    if storage := sys.modules.get("desktopapp.storage"):
        storage.close_file()  # or the next start would find it left open
    os._exit(0)


def bare() -> int:
    """The least a window with Chinese in it can take."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    watch()
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1366, 768)
    window.setCentralWidget(QLabel("客户经理 Account manager"))
    window.show()
    return application.exec()


def ours() -> int:
    """The program as the owner starts it."""
    from ui.front import main

    watch()
    return main([])


def filled() -> int:
    """The same, until the page stands in it."""
    from ui.front import main

    watch("HomePage")
    return main([])


def watch(what: str = "") -> None:
    """Look out for the first paint, of a window or of what is named; only now, so that ours imports Qt when it does."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    passing = (Qt.WindowType.SplashScreen, Qt.WindowType.ToolTip, Qt.WindowType.Popup)
    run_loop = QApplication.exec

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched.isWidgetType() and is_meant(watched):
                QTimer.singleShot(0, told)
            return False

    def is_meant(widget: QWidget) -> bool:
        if what:
            return type(widget).__name__ == what
        return widget.isWindow() and widget.isVisible() and widget.windowType() not in passing

    def run() -> int:
        watcher = FirstPaint(QCoreApplication.instance())
        QCoreApplication.instance().installEventFilter(watcher)
        return run_loop()

    QApplication.exec = staticmethod(run)


if __name__ == "__main__":
    sys.exit({"ours": ours, "filled": filled, "bare": bare}[sys.argv[1]]())
