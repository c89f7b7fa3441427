"""Measurements; each prints `name: value unit (x reference)`."""
