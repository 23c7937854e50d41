"""Runs in the bundle before the program: quiet environment, then one sentence where the processor is too old.

Nothing of numpy, Qt or ONNX Runtime is imported here; their libraries die without a word on a processor without AVX.
"""

import sys

from modelzoo.contract.errors import ProcessorUnsupported
from modelzoo.runtime.boot import prepare_process

try:
    prepare_process()
except ProcessorUnsupported as error:
    if sys.stderr is not None:  # a bundle that was started by a click has no terminal
        print(f"barefoot: {error.message}", file=sys.stderr)
    sys.exit(3)
