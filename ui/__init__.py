"""Showing: the Streamlit app."""
