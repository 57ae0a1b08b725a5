"""KetaTrack: an offline, encrypted diary of ketamine therapy that shows how long relief lasts."""

__version__ = "0.1.0"
