"""Heavy libraries behind a pure face: each is imported inside the function that needs it, so no page loads one."""
