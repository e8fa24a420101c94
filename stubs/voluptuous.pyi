# Home Assistant serves its own validation library under this name; so shall the type checker.
from probatio import *
