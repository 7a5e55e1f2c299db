"""How people sign in: what django-allauth and django-axes ask of the register."""
