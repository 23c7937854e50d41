"""Runs in the bundle before the program: whatever is imported first, the model runtime keeps quiet.

The processor is judged by the program itself, in one sentence, before it imports anything native.
"""

from modelzoo.runtime.boot import quiet_environment

quiet_environment()
