"""Gives a bare machine what the register needs: a virtual environment, locked packages, system libraries, a browser.

Run by the Makefile with the machine's own Python before anything is installed, so it imports the standard library only.
What it may not install itself (apt wants root) it names as one line to type.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
# The library that WeasyPrint opens, and the Debian package that brings it. The third makes PDFs 1.6 times as fast.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(purpose: str) -> None:
    """Prepare for ``run`` (serving) or ``test`` (serving, checking and testing) or ``journeys`` (and a browser)."""
    make_environment()
    install_packages("app")
    if purpose != "run":
        install_packages("dev")
    missing = missing_libraries()
    if purpose == "journeys" and not any(map(shutil.which, BROWSERS)):
        missing.append("chromium")
    if missing:
        install_or_advise(missing, needed=purpose != "run")


def make_environment() -> None:
    """Create .venv unless a working one stands there."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return
    say(f"Making .venv with Python {sys.version.split()[0]}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, check=False).returncode == 0:
        return
    install_or_advise(["python3-venv"], needed=True)
    subprocess.run(command, check=True)


def install_packages(name: str) -> None:
    """Install requirements/<name>.txt, each file checked by its hash; done already while the lock is the same."""
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f"{name}.installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing the Python packages of {lock.relative_to(ROOT)}")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*pip, "-r", str(lock)], check=False).returncode:
        sys.exit(f"The packages of {lock.relative_to(ROOT)} could not be installed: see pip's message above.")
    stamp.write_text(wanted)


def missing_libraries() -> list[str]:
    """The Debian packages of the system libraries that cannot be opened here."""
    return [package for library, package in LIBRARIES.items() if not opens(library)]


def opens(library: str) -> bool:
    """Whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_or_advise(packages: list[str], *, needed: bool) -> None:
    """Install Debian packages as root; else print the line to type, and stop when there is no going on without them."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(" ".join(install))
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=environment, check=False, stdout=subprocess.DEVNULL)
        if subprocess.run(install, env=environment, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            return
    say(f"Missing on this machine: {', '.join(packages)}. Please type:\n\n    sudo {' '.join(install)}\n")
    if needed:
        sys.exit(1)
    say("Going on without: everything works except PDFs.")


def say(sentence: str) -> None:
    """Tell the person at the terminal what happens, at once."""
    print(f"==> {sentence}", flush=True)


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Python 3.11 or newer is needed.")
    main(sys.argv[1])
