"""E-mail: what it says (``templates``) and how a message is made of it (``message``)."""
