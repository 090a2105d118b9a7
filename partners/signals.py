"""The one signal of the code base: facts of a vendor changed, somebody should judge again.

Operations of lower apps send it after commit; ``accreditation`` receives it. It is a doorbell: the
record of what is due is the due queue, written by database triggers in the same transaction.
"""

from django.dispatch import Signal

facts_changed = Signal()
