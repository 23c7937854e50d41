"""Low-rank adapters (Hu et al. 2021, through peft): an encoder is taught through small matrices beside its own."""

from __future__ import annotations

from peft import LoraConfig, get_peft_model

from modelzoo.recipes.reader_model import ReaderModel

TARGETS = ["query", "key", "value", "dense"]


def add_lora(model: ReaderModel, rank: int) -> None:
    """Freeze the encoder of ``model`` and put adapters of ``rank`` beside its matrices; the heads stay free."""
    config = LoraConfig(r=rank, lora_alpha=2 * rank, lora_dropout=0.05, target_modules=TARGETS)
    model.encoder = get_peft_model(model.encoder, config)


def merge_lora(model: ReaderModel) -> None:
    """Add the adapters into the matrices: the encoder is a plain one again."""
    model.encoder = model.encoder.merge_and_unload()
    for parameter in model.parameters():
        parameter.requires_grad_(True)
