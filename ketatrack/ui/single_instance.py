"""One window a diary: a second start asks the first, over a local socket, to come to the front.

The socket is named after the diary's real path; the only word that ever crosses it is "show".
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


def _name(diary: Path) -> str:
    return "ketatrack-" + hashlib.sha256(str(diary.resolve()).encode()).hexdigest()[:24]


def bring_first_to_front(diary: Path) -> bool:
    """Ask the window that has this diary to come to the front; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(diary))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(b"show")
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True


class FirstWindow(QObject):
    """Listens for later starts on the same diary and calls `show` for each."""

    def __init__(self, diary: Path, show: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # A socket left by a crash has no one behind it; `bring_first_to_front` has found that out before.
        QLocalServer.removeServer(_name(diary))
        self._server.listen(_name(diary))
        self._server.newConnection.connect(lambda: self._answer(show))

    def _answer(self, show: Callable[[], None]) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            show()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
