"""Runs in the bundle before the program: whatever is imported first, the model runtime keeps quiet.

A processor that is too old is refused where the engine is opened, in one sentence; records can be read all the same,
since neither the window nor the store needs what such a processor lacks.
"""

from modelzoo.runtime.boot import quiet_environment

quiet_environment()
