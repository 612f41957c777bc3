"""How the neural reader is made: encoder, examples, network, training, export. Needs torch; never imported by the package."""
