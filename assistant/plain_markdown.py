"""Words of others in Markdown: no link, picture or tag comes of them."""


def escape_markdown(text: str) -> str:
    """Return a text in which Markdown finds no link, picture or tag."""
    return text.replace("<", "&lt;").replace("](", "] (")


def markdown_line(text: str) -> str:
    """Return a text escaped and on one line."""
    return " ".join(escape_markdown(text).split())
