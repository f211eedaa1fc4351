"""Every error Trueline raises, drawn as a tree by who must act.

    TruelineError
    ├── InputError            the caller's data
    │   ├── UnreadableError       cannot be opened or is over a limit
    │   └── UnknownFormatError    no reader recognises the content
    ├── ConfigError           settings, charters, manifests, plug-ins
    │   ├── CalibrationError      a calibration is too small or does not fit what runs
    │   ├── CharterError          a charter does not say what it must
    │   ├── ManifestError         a tool manifest does not say what it must
    │   └── MonitorLoadError      a monitor plug-in does not load or has the wrong shape
    ├── IntegrityError        evidence is false
    └── UnavailableError      try again, or install something
        ├── JudgeError            the judge gave no answer that can be used
        └── MissingExtraError     an optional extra is not installed

A message names the place, what was found, what was expected, and the fix.
"""


class TruelineError(Exception):
    """The root: catch this to catch everything Trueline raises on purpose."""


class InputError(TruelineError):
    """The caller's data is at fault."""


class UnreadableError(InputError):
    """A file or directory cannot be opened, or is over a stated limit."""


class UnknownFormatError(InputError):
    """No reader recognises the content of a file."""


class ConfigError(TruelineError):
    """A setting, manifest or plug-in is at fault."""


class CharterError(ConfigError):
    """A charter does not say what it must; the message has one line for each mistake."""


class CalibrationError(ConfigError):
    """A calibration has too few runs, is malformed, or does not fit the monitors or charter."""


class ManifestError(ConfigError):
    """A tool manifest does not say what it must."""


class MonitorLoadError(ConfigError):
    """A monitor plug-in does not load or does not have a monitor's shape."""


class IntegrityError(TruelineError):
    """Evidence does not match what it claims to be."""


class UnavailableError(TruelineError):
    """Something needed is not there now."""


class JudgeError(UnavailableError):
    """The judge was not reached, refused, or answered what cannot be used."""


class MissingExtraError(UnavailableError):
    """An optional extra is needed; the message says which to install."""
