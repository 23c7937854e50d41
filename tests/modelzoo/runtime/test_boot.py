"""The first call of every entry point: quiet, and honest about the processor."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from modelzoo.contract.errors import ProcessorUnsupported
from modelzoo.runtime import boot


def test_environment_is_quiet_before_anything_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "0")
    monkeypatch.delenv("TOKENIZERS_PARALLELISM", raising=False)
    boot.quiet_environment()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert os.environ["TOKENIZERS_PARALLELISM"] == "false"


def test_boot_imports_nothing_heavy() -> None:
    code = (
        "import sys; from modelzoo.runtime import boot; boot.prepare_process();"
        "print([name for name in ('numpy', 'onnxruntime', 'tokenizers') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"


def test_old_processor_gets_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boot, "processor_has_avx", lambda: False)
    with pytest.raises(ProcessorUnsupported) as caught:
        boot.refuse_unsupported_processor()
    assert "AVX" in caught.value.message
    assert caught.value.code == "ART-004"


def test_processor_without_the_question_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    assert boot.processor_has_avx()
    monkeypatch.setattr(platform, "machine", lambda: "i686")
    assert not boot.processor_has_avx(), "no wheel of a 32-bit machine exists"


@pytest.mark.skipif(platform.machine() != "x86_64" or sys.platform != "linux", reason="asks an x86 processor on Linux")
def test_processor_says_the_same_as_the_kernel() -> None:
    assert boot.processor_has_avx() == boot._cpuinfo_has_avx(Path("/proc/cpuinfo"))


@pytest.mark.parametrize(
    ("features", "saved", "expected"),
    [
        (boot._AVX | boot._OSXSAVE, 0b111, True),
        (boot._AVX | boot._OSXSAVE, 0b010, False),
        (boot._AVX, 0b111, False),
        (boot._OSXSAVE, 0b111, False),
    ],
    ids=["usable", "registers_not_saved", "no_xsave", "no_avx"],
)
def test_avx_needs_the_operating_system_too(
    monkeypatch: pytest.MonkeyPatch, features: int, saved: int, expected: bool
) -> None:
    answers = {boot._CPUID_1_ECX: features, boot._XGETBV_0: saved}
    monkeypatch.setattr(boot, "_run_machine_code", answers.__getitem__)
    assert boot._linux_has_avx() is expected


@pytest.mark.parametrize(("flags", "expected"), [("fpu sse4_2 avx avx2", True), ("fpu sse4_2 avx2x", False)])
def test_kernel_account_is_read_where_code_may_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: str, expected: bool
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"model name\t: avx in a name\nflags\t\t: {flags}\n", encoding="utf-8")
    assert boot._cpuinfo_has_avx(cpuinfo) is expected

    def refused(code: bytes) -> int:
        raise OSError("mprotect refused")

    monkeypatch.setattr(boot, "_run_machine_code", refused)
    monkeypatch.setattr(boot, "_cpuinfo_has_avx", lambda path: expected)
    assert boot._linux_has_avx() is expected


def test_emulated_nehalem_is_refused_in_words() -> None:
    emulator = Path("/usr/bin/qemu-x86_64")
    if platform.machine() != "x86_64" or not emulator.exists():
        pytest.skip("needs qemu-user on an x86-64 machine")
    code = (
        "from modelzoo.contract.errors import ProcessorUnsupported\n"
        "from modelzoo.runtime import boot\n"
        "try:\n    boot.prepare_process()\nexcept ProcessorUnsupported as error:\n    print(error.code)"
    )
    command = [str(emulator), "-cpu", "Nehalem", sys.executable, "-c", code]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "ART-004"
