"""The worked examples of the corpus, told with the documents of the library."""
