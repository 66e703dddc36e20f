"""What an administrator may do to running processes beside the diagram."""
