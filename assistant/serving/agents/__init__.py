"""The door for agents: tools over the Model Context Protocol, and what they are told."""
