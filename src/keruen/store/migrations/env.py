"""Alembic's entry: runs the revisions on the connection that `keruen.store.migrate` hands over."""

from alembic import context

from keruen.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
