"""Makes the made-up person importable from every chart test."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
