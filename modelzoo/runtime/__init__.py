"""Runs the shipped encoder: ONNX Runtime, tokenizers and numpy only; silent on the network."""
