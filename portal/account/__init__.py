"""Sign-in, invitations and the chooser of vendors."""
