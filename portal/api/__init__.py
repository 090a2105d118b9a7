"""The API put together: its addresses, its description, its documentation."""
