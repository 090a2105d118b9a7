"""What criteria ask, exactly and in the reader's language, without the author's free text.

`said.sentence_of` says one criterion to one level. Each kind says itself in the module of its
family, registered by its name; a kind without words fails a test.
"""
