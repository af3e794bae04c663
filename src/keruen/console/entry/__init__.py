"""How people come in and who they are while they are: log-in, session, forms that only we made, own account."""
