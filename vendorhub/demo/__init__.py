"""The demo world, made through the use-cases, and the pages that help to try things out."""
