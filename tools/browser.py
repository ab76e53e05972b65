"""Print the path of a Chromium that works here, or run a command with it in $CHROMIUM: `browser.py [COMMAND …]`.

Where there is none we get one, without sudo and without a question. The ways are tried in this order, and the first
browser that shows a page is taken:

1. `$CHROMIUM`, which must work when it is set;
2. one that the machine has;
3. one that a former run put under `.venv/browser`;
4. Playwright's own, downloaded;
5. Debian's: installed where we are root, else unpacked under `.venv/browser` with all that it needs.
"""

import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
BROWSER_PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-cjk")
DRIVER_PACKAGES = ("libatomic1",)  # for the Node inside Playwright 1.65; the smallest Debian lacks it

HOME = Path(__file__).resolve().parent.parent / ".venv" / "browser"
ROOT = HOME / "root"  # what Debian's packages hold
BROWSER = HOME / "chromium"
NODE = HOME / "node"

PROBE_SECONDS = 60
DOWNLOAD_SECONDS = 300
APT_SECONDS = 600
APT_TRIES = 10  # another apt may hold the lists; `DPkg::Lock::Timeout` does not wait for those
APT_PAUSE_SECONDS = 15

FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">root/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans</family><family>Noto Sans CJK SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif</family><family>Noto Serif CJK SC</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>Noto Sans Mono</family></prefer></alias>
</fontconfig>
"""


class NotHere(Exception):
    """This way leads nowhere on this machine; the text says why."""


def main(command: list[str]) -> int:
    try:
        provide_driver()
        browser = provide_browser()
    except NotHere as reason:
        say(str(reason))
        return 1
    if not command:
        print(browser)
        return 0
    os.environ["CHROMIUM"] = browser
    os.execvp(command[0], command)


def provide_browser() -> str:
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        if works(chosen):
            return chosen
        raise NotHere(f"CHROMIUM is '{chosen}', which shows no page; unset it, or set it to a Chromium that does.")
    for way in (on_this_machine, unpacked, from_playwright, from_debian):
        try:
            for browser in way():
                if works(browser):
                    return browser
        except NotHere as reason:
            say(str(reason))
    raise NotHere("the tests need Chromium and none could be had; install one and set CHROMIUM to its path.")


def works(browser: str) -> bool:
    """Whether this program runs a script in a page and ends by itself."""
    page = "data:text/html,<script>document.write(6*7)</script>"
    with tempfile.TemporaryDirectory(prefix="scoatlas-browser-", ignore_cleanup_errors=True) as profile:
        try:
            done = run([browser, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", page], PROBE_SECONDS)
        except NotHere:
            return False
    return done.returncode == 0 and "42" in done.stdout


def on_this_machine() -> Iterator[str]:
    for name in NAMES:
        if path := shutil.which(name):
            yield path


def unpacked() -> Iterator[str]:
    if BROWSER.is_file():
        yield str(BROWSER)


def from_playwright() -> Iterator[str]:
    """The browser that this Playwright was made for, kept under `.venv/browser/playwright`."""
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(HOME / "playwright")
    where = "from playwright.sync_api import sync_playwright as p\nwith p() as q: print(q.chromium.executable_path)"
    asked = run([sys.executable, "-c", where], PROBE_SECONDS)
    if asked.returncode != 0:
        raise NotHere("Playwright is not installed")
    browser = asked.stdout.strip()
    if not Path(browser).is_file():
        say("no Chromium on this machine; asking Playwright for its own")
        done = run([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS)
        if done.returncode != 0:
            raise NotHere("Playwright's own Chromium could not be downloaded")
    yield browser


def from_debian() -> Iterator[str]:
    take_from_debian(BROWSER_PACKAGES)
    yield from on_this_machine()
    yield from unpacked()


def provide_driver() -> None:
    """See to it that Playwright's driver, a Node of its own, starts."""
    if importlib.util.find_spec("playwright") is None or driver_works():
        return
    try:
        take_from_debian(DRIVER_PACKAGES)
    except NotHere as reason:
        say(str(reason))
    if not driver_works():
        raise NotHere("Playwright's driver does not start: it needs libatomic, Debian's libatomic1.")


def driver_works() -> bool:
    if NODE.is_file():
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    return run([sys.executable, "-m", "playwright", "--version"], PROBE_SECONDS).returncode == 0


def take_from_debian(packages: tuple[str, ...]) -> None:
    names = ", ".join(packages)
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise NotHere(f"no apt-get here to take them from Debian: {names}")
    if os.geteuid() == 0:
        say(f"installing {names}")
        apt_install([], packages)
    else:
        say(f"unpacking {names} under {HOME}")
        unpack(packages)


def unpack(packages: tuple[str, ...]) -> None:
    """Let apt work out, in folders of our own, which packages are missing; fetch them and unpack them into one root."""
    shutil.rmtree(HOME / "apt", ignore_errors=True)
    for folder in ("apt/state/lists/partial", "apt/cache/archives/partial", "root"):
        (HOME / folder).mkdir(parents=True, exist_ok=True)
    settings = (
        "Debug::NoLocking=1",
        "APT::Sandbox::User=",
        f"Dir::State={HOME}/apt/state",
        "Dir::State::status=/var/lib/dpkg/status",
        f"Dir::Cache={HOME}/apt/cache",
    )
    apt_install([word for setting in settings for word in ("-o", setting)] + ["--download-only"], packages)
    for package in sorted((HOME / "apt/cache/archives").glob("*.deb")):
        done = run(["dpkg-deb", "-x", str(package), str(ROOT)], APT_SECONDS)
        if done.returncode != 0:
            raise NotHere(f"'{package.name}' could not be unpacked: {last_line(done.stderr)}")
    shutil.rmtree(HOME / "apt")
    (HOME / "fonts.conf").write_text(FONTS, encoding="utf-8")
    if "chromium" in packages:
        write_wrapper(BROWSER, ROOT / "usr/lib/chromium/chromium")
    if driver := importlib.util.find_spec("playwright"):
        write_wrapper(NODE, Path(driver.origin or "").parent / "driver" / "node")


def write_wrapper(wrapper: Path, program: Path) -> None:
    """A script that runs the program with the unpacked libraries and fonts, and with settings of its own."""
    folders = sorted({str(library.parent) for library in ROOT.rglob("lib*.so*")})
    variables = {
        "LD_LIBRARY_PATH": ":".join(folders),
        "FONTCONFIG_FILE": str(HOME / "fonts.conf"),
        "HOME": str(HOME / "home"),
        "XDG_CACHE_HOME": str(HOME / "home/cache"),
        "XDG_CONFIG_HOME": str(HOME / "home/config"),
    }
    lines = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    draft = wrapper.with_suffix(".draft")
    draft.write_text("\n".join(["#!/bin/sh", *lines, f'exec {shlex.quote(str(program))} "$@"', ""]), encoding="utf-8")
    draft.chmod(0o755)
    draft.rename(wrapper)


def apt_install(options: list[str], packages: tuple[str, ...]) -> None:
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    try:
        apt_get([*options, "update"])
    except NotHere as reason:
        say(f"{reason}; going on with the lists that are there")
    apt_get([*options, "install", "--yes", "--no-install-recommends", *packages])


def apt_get(arguments: list[str]) -> None:
    """Run apt-get, again and again while another one holds its locks."""
    for _ in range(APT_TRIES):
        done = run(["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments], APT_SECONDS)
        if done.returncode == 0:
            return
        if "Could not get lock" not in done.stderr:
            break
        time.sleep(APT_PAUSE_SECONDS)
    raise NotHere(f"apt-get failed: {last_line(done.stderr)}")


def run(command: list[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a command for a bounded time; then it ends, with every process that it started."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    except OSError as error:
        raise NotHere(f"'{command[0]}' does not run: {error.strerror}") from error
    with process:
        try:
            output, errors = process.communicate(timeout=seconds)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise NotHere(f"'{command[0]}' did not end within {seconds:.0f} s") from None
            raise
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def say(sentence: str) -> None:
    print(f"browser: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
