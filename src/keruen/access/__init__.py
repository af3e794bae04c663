"""Takes who somebody is and what they try, gives whether they may: roles, acts, scopes, log-in rules. Pure.

Persons have roles, a role has acts (`GRANTS`, one table), and a person's posts and partners narrow them.
Time, entropy and what is stored are arguments; `keruen.people` brings them.
"""

from keruen.access.acts import GRANTS, Act, acts_of
from keruen.access.person import Person
from keruen.access.roles import Role
from keruen.access.sessions import SessionRules

__all__ = ["GRANTS", "Act", "Person", "Role", "SessionRules", "acts_of"]
