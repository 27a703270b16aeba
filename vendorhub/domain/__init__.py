"""What is allowed and what follows, as pure rules on the standard library alone."""
