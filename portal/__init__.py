"""The pages: one subpackage a surface, and the look they share."""
