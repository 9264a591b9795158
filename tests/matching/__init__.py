"""Tests of who should meet whom."""
