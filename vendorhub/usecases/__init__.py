"""What people can do: one function a deed, one transaction each (state, history line and letters together)."""
