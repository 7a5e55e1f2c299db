"""The demonstration: an invented ministry, its people and arrangements, told through the real actions.

story/*.toml is the story, people.py and organisations.py its cast, teller.py tells it through the declared door for
past-dated history, aisas.py adds the public record of real approved information sharing agreements.
"""
