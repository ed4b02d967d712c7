"""A button that puts text, or an address of the app, on the reader's clipboard."""

import streamlit as st

_HTML = '<button type="button"><span aria-live="polite"></span></button>'
_STYLE = """
button { font: inherit; font-size: 0.875rem; color: var(--st-text-color); cursor: pointer;
  background: transparent; border: 0; border-radius: var(--st-button-radius);
  min-height: 2.5rem; padding: 0; white-space: nowrap; }
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); }
"""
_SCRIPT = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const label = button.firstElementChild;
  label.textContent = data.label;
  const copyByHand = (text) => { // where the address is not of this machine and not https
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    button.focus();
    return isDone;
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; }
    catch { return copyByHand(text); }
  };
  button.onclick = async () => {
    const text = data.is_address ? new URL(data.text, location.origin + location.pathname).href
      : data.text;
    label.textContent = await copy(text) ? "Copied" : "Not copied";
    setTimeout(() => { label.textContent = data.label; }, 2000);
  };
}
"""
_button = st.components.v2.component("rare_earth_copy_button", html=_HTML, css=_STYLE, js=_SCRIPT)


def draw_copy_button(label: str, text: str, key: str) -> None:
    """Draw a button that copies a text."""
    _draw(label, text, key, is_address=False)


def draw_link_button(label: str, query: str, key: str) -> None:
    """Draw a button that copies the address of this page with another query, "?record=abc"."""
    _draw(label, query, key, is_address=True)


def _draw(label: str, text: str, key: str, is_address: bool) -> None:
    data = {"label": label, "text": text, "is_address": is_address}
    _button(key=key, data=data, width="content")
