"""Papers that people hand in: what they typed made readable, and files looked into before they are kept."""
