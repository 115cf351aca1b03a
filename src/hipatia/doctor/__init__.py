"""What keeps a graphics card idle, and what mends it: facts first, then advice from facts alone.

for advice in advise(probe()):                        # the quick part, which train and chat say
    print(advice.message, advice.command)

facts = probe(full=True, compute=True)                # what ``hipatia doctor`` prints
doctor_view(facts, advise(facts), capacity(facts))
"""

from .advice import advise
from .capacity import Capacity, capacity
from .facts import Check, Facts, Gpu
from .machine import Machine
from .probing import probe
from .remarks import Advice
from .report import report

__all__ = [
    "Advice",
    "Capacity",
    "Check",
    "Facts",
    "Gpu",
    "Machine",
    "advise",
    "capacity",
    "probe",
    "report",
]
