"""Cài broadcast cho người dùng này từ các tệp đi kèm, không cần mạng. (Run by cai-dat.cmd.)

Installs into the user's own folder, makes a station where asked, and puts entries into the start
menu. Only the standard library is there when it runs.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
LONGEST = 259
"""Windows takes no longer path where long ones are not switched on (MAX_PATH, less the end)."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_OPEN = (
    "@echo off",
    "chcp 65001 >nul",
    "if not defined BROADCAST_LANG set BROADCAST_LANG=vi",
    'set "PATH=%~dp0venv\\Scripts;%PATH%"',
    "title broadcast",
)
# What is in the start menu, the file that it runs, and what that begins with.
_ENTRIES = (
    ("broadcast", "mo-dai.cmd", "broadcast studio"),
    ("broadcast - go lenh", "go-lenh.cmd", "broadcast status"),
)
# Values come from the environment, so that no sign in a path means anything to PowerShell.
_SHORTCUT = (
    "$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:BC_LINK);"
    "$s.TargetPath = $env:ComSpec; $s.Arguments = $env:BC_ARGUMENTS;"
    "$s.WorkingDirectory = $env:BC_FOLDER; $s.Description = 'broadcast'; $s.Save()"
)

Run = Callable[[Sequence[str], dict[str, str]], int]


def why_not(folder: str) -> str | None:
    """Say why a folder can be no station's on Windows; None: it can."""
    parts = re.split(r"[\\/]+", re.sub(r"^[A-Za-z]:", "", folder))
    for part in filter(None, parts):
        if re.search(r'[<>:"|?*\x00-\x1f]', part):
            return f"Tên “{part}” có ký hiệu mà Windows không nhận."
        if part not in (".", "..") and part[-1] in ". ":
            return f"Tên “{part}” kết thúc bằng dấu chấm hoặc dấu cách, Windows không nhận."
        if _DEVICES.fullmatch(part):
            return f"“{part}” là tên Windows dành riêng."
    if len(folder) > LONGEST - 120:  # what a station puts below it: feed/media, a name, a digest
        return "Đường dẫn này quá dài."
    return None


def longest_path(wheels: Path, target: str) -> int:
    """Give how long the longest path becomes when these wheels are installed below a folder."""
    inside = max(
        len(name) for wheel in wheels.glob("*.whl") for name in zipfile.ZipFile(wheel).namelist()
    )
    # The compiled form of a module has a longer name, in a folder of its own.
    return (
        len(target)
        + len("\\venv\\Lib\\site-packages\\")
        + inside
        + len("__pycache__\\.cpython-313")
    )


def install(target: Path, wheels: Path, run: Run) -> bool:
    """Install, or install anew, into a folder of this user; whether it went well."""
    python = target / "venv" / "Scripts" / "python.exe"
    steps = (
        [sys.executable, "-m", "venv", str(target / "venv")],
        [str(python), "-m", "pip", "install", "--no-index", "--find-links", str(wheels),
         "--upgrade", "--no-warn-script-location", "--disable-pip-version-check",
         "broadcast[studio]"],
        [str(python), "-m", "broadcast", "--version"],
    )  # fmt: skip
    if any(run(step, {}) for step in steps):
        return False
    for _, file, begins in _ENTRIES:
        (target / file).write_text("\r\n".join([*_OPEN, begins, ""]), "ascii", newline="")
    return True


def start_entries(target: Path, folder: Path, menu: Path, run: Run) -> bool:
    """Put into the start menu what opens the studio, and a window for commands, in the station."""
    for name, file, _ in _ENTRIES:
        values = {
            "BC_LINK": str(menu / f"{name}.lnk"),
            "BC_ARGUMENTS": f'/k ""{target / file}""',
            "BC_FOLDER": str(folder),
        }
        if run(["powershell", "-NoProfile", "-Command", _SHORTCUT], values):
            return False
    return True


def make_station(target: Path, folder: Path, run: Run) -> bool:
    """Make a station; one that is there stays as it is."""
    python = target / "venv" / "Scripts" / "python.exe"
    return not run([str(python), "-m", "broadcast", "init", str(folder), "--lang", "vi"], {})


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def _asked(default: Path) -> Path | None:
    while True:
        print(f"\nTạo thư mục cho đài ở đâu? Nhấn Enter: {default}")
        written = input("Hoặc gõ đường dẫn khác; gõ k để không tạo: ").strip().strip('"')
        if written.lower() in ("k", "không", "khong"):
            return None
        folder = written or str(default)
        if (reason := why_not(folder)) is None:
            return Path(folder)
        print(reason)


def main(run: Run = _run) -> int:
    """Install, ask for a station, make the start entries."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--target", type=Path)
    options.add_argument("--station", type=Path)
    given = options.parse_args()
    home = Path.home()
    local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    roaming = Path(os.environ.get("APPDATA", home / "AppData" / "Roaming"))
    target = given.target or local / "broadcast"
    if (length := longest_path(HERE / "wheels", str(target))) > LONGEST:
        print(
            f"Đường dẫn quá dài cho Windows ({length} chữ). Chọn nơi khác: --target C:\\broadcast"
        )
        return 1
    print(f"Đang cài broadcast vào {target} (vài phút, không cần mạng)…")
    target.mkdir(parents=True, exist_ok=True)
    if not install(target, HERE / "wheels", run):
        print("Chưa cài được. Chụp màn hình này gửi người hỗ trợ.")
        return 1
    folder = given.station or _asked(home / "Documents" / "dai-phat-thanh")
    if folder is not None and not make_station(target, folder, run):
        print("Đã cài, nhưng chưa tạo được thư mục của đài. Xem lý do ở trên.")
    menu = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    if not start_entries(target, folder or home, menu, run):
        print(f"Chưa đặt được mục trong menu Start. Mở bằng tệp {target / 'mo-dai.cmd'}")
    print("\nXong. Từ nay mở menu Start, gõ broadcast rồi nhấn Enter.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
