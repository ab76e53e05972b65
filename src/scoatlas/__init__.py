"""scoatlas: dated and sourced facts about the Shanghai Cooperation Organisation, and the generator of their site."""
