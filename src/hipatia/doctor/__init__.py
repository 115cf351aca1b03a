"""Why a graphics card lies idle, and what would mend it: facts first, then advice from facts alone.

    for advice in advise(probe()):
        print(advice.message, advice.command)

This is the quick part, which ``hipatia train`` says before anything else and ``hipatia doctor`` prints.
"""

from .advice import Advice, advise
from .facts import Facts, Gpu, parse_nvidia_smi, probe
from .show import facts_table

__all__ = ["Advice", "Facts", "Gpu", "advise", "facts_table", "parse_nvidia_smi", "probe"]
