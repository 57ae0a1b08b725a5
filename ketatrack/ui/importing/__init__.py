"""The dialog that brings in files of other programs, and KetaTrack's own exports."""
