"""What KetaTrack costs: time, memory and disk, measured on a ten-year diary; `make bench` prints it."""
