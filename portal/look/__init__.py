"""The look every surface shares: base templates, components, styles, pictures."""
