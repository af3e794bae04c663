"""The officer's pages: the board of a post, finding a consignment, registering an arrival."""

from keruen.console.board.posts import post, start

__all__ = ["post", "start"]
