"""What any PySide6 window costs: an application, a main window, a label. The measure of start and memory."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("KetaTrack"))
window.show()
sys.exit(app.exec())
