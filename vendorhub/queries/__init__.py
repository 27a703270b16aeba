"""What people can see: read-only, actor first, already scoped (law 10)."""
