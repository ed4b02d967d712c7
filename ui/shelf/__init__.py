"""Draws and fills the shelf of sources: adding, lists, panels, collections, grids."""
