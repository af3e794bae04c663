"""Takes names, secrets and addresses, gives persons, sessions and entries of the audit trail.

What is right and what is too often `keruen.access` decides; here it is read from and written to the store.
"""
